using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using ObjWatch.Diagnostics;
using ObjWatch.Trace.Format;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>Writes what is said of calls: Run, End and Failed.</summary>
internal static unsafe class CallRecords
{
    /// <summary>Where the values of a run record begin.</summary>
    public const int RunFields = 24;

    /// <summary>Where the value of an end record begins.</summary>
    public const int EndFields = 20;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreadRecorder? Enter(int site)
    {
        ThreadRecorder? recorder = ThreadRecorder.ForEvents();
        if (recorder == null)
            return null;
        SiteFlag flags = SiteFlags.Of(site);
        if (flags != SiteFlag.On)
            return SpecialCalls.Enter(recorder, site, flags);
        return OpenRun(recorder, site) ? recorder : null;
    }

    /// <summary>Pushes a frame and writes the fixed part of its Run record; values may follow until <see cref="Entered"/>.</summary>
    /// <returns>Whether there was room for the frame.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool OpenRun(ThreadRecorder recorder, int site)
    {
        int depth = recorder.FrameCount;
        if (depth == recorder.Frames.Length && !recorder.GrowFrames())
            return false;
        recorder.Busy = true;
        ref Frame frame = ref recorder.Frames[depth];
        frame.Site = site;
        frame.CallerLine = depth == 0 ? 0 : recorder.Line;
        byte* start = recorder.Position;
        *(int*)(start + 4) = site;
        *(long*)(start + 8) = Stopwatch.GetTimestamp();
        *(int*)(start + 16) = frame.CallerLine;
        *(int*)(start + 20) = depth - recorder.DepthBase;
        recorder.Open(start, start + RunFields);
        return true;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Argument<T>(ThreadRecorder recorder, T value)
    {
        if (Primitive.Is<T>() && recorder.Cursor + Primitive.MaximumSize <= recorder.RecordEnd)
            recorder.Cursor = Primitive.Write(recorder.Cursor, value);
        else
            OtherArgument(recorder, value);
    }

    public static void ArgumentOpaque(ThreadRecorder recorder)
    {
        if (recorder.RecordEnd == null)
            SpecialCalls.ArgumentOpaque(recorder);
        else
            ValueWriter.WriteOpaque(recorder);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ArgumentReference(ThreadRecorder recorder, object? value)
    {
        if (value != null && recorder.Identities.TryGet(value, out ulong identity)
            && recorder.Cursor + ValueWriter.ObjectSize <= recorder.RecordEnd)
        {
            recorder.Cursor = ValueWriter.WriteIdentity(recorder.Cursor, identity);
        }
        else
        {
            OtherArgument(recorder, value);
        }
    }

    public static int Entered(ThreadRecorder recorder)
    {
        if (recorder.RecordEnd == null)
            return SpecialCalls.Entered(recorder);
        recorder.Commit(recorder.RecordStart, recorder.Cursor, RecordKind.Run);
        recorder.Busy = false;
        return recorder.FrameCount++;
    }

    public static void End(ThreadRecorder recorder, int frame, bool opaque)
    {
        byte* start = BeginEnd(recorder, frame);
        if (start == null)
        {
            EndSpecial<object?>(recorder, frame, null, opaque ? ValueTag.Opaque : ValueTag.Void);
            return;
        }

        start[EndFields] = (byte)(opaque ? ValueTag.Opaque : ValueTag.Void);
        recorder.Commit(start, start + EndFields + 1, RecordKind.End);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EndValue<T>(ThreadRecorder recorder, int frame, T result)
    {
        byte* start = BeginEnd(recorder, frame);
        if (start == null)
            EndSpecial(recorder, frame, result, null);
        else if (Primitive.Is<T>())
            recorder.Commit(start, Primitive.Write(start + EndFields, result), RecordKind.End);
        else
            EndOther(recorder, start, result);
    }

    public static void EndReference(ThreadRecorder recorder, int frame, object? result)
    {
        byte* start = BeginEnd(recorder, frame);
        if (start != null)
            EndOther(recorder, start, result);
        else
            EndSpecial(recorder, frame, result, null);
    }

    public static void EndException(ThreadRecorder recorder, int frame, object? exception)
    {
        if (frame >= FrameToken.Silent)
        {
            SpecialCalls.LeaveSilently(recorder, frame, exception);
            return;
        }

        frame = FrameToken.NumberOf(frame);
        CloseAbove(recorder, frame, exception);
        if (frame == recorder.FrameCount - 1)
            Fail(recorder, frame, exception);
    }

    /// <summary>An exception has been caught in the call with a token: closes the calls it has left.</summary>
    public static void Caught(ThreadRecorder recorder, int token, object? exception) =>
        CloseAbove(recorder, SpecialCalls.FrameOf(recorder, token), exception);

    /// <summary>Closes the frames above <paramref name="frame"/>: an exception has left them.</summary>
    public static void CloseAbove(ThreadRecorder recorder, int frame, object? exception)
    {
        while (recorder.FrameCount - 1 > frame)
            Fail(recorder, recorder.FrameCount - 1, exception);
    }

    /// <summary>Pops the frame and writes the fixed part of its End record.</summary>
    /// <returns>The record, or null when the frame ends without one.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* BeginEnd(ThreadRecorder recorder, int frame)
    {
        byte* start = recorder.Position;
        return frame == recorder.FrameCount - 1 && frame >= recorder.OldFrames && start <= recorder.Limit
            ? Pop(recorder, frame, start)
            : BeginUnusualEnd(recorder, frame);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* BeginUnusualEnd(ThreadRecorder recorder, int frame)
    {
        if (frame >= FrameToken.Special)
            return null;
        CloseAbove(recorder, frame, null);
        if (frame != recorder.FrameCount - 1)
            return null;
        byte* start = recorder.Begin();
        if (start != null && frame >= recorder.OldFrames)
            return Pop(recorder, frame, start);
        recorder.FrameCount = frame;
        recorder.Line = recorder.Frames[frame].CallerLine;
        recorder.Resumed.Leave(recorder);
        // Depths of this session count from the frames of the earlier one that are still open.
        if (frame < recorder.OldFrames)
            recorder.OldFrames = recorder.DepthBase = frame;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* Pop(ThreadRecorder recorder, int frame, byte* start)
    {
        ref Frame ended = ref recorder.Frames[frame];
        recorder.FrameCount = frame;
        recorder.Line = ended.CallerLine;
        *(int*)(start + 4) = ended.Site;
        *(long*)(start + 8) = Stopwatch.GetTimestamp();
        *(int*)(start + 16) = frame - recorder.DepthBase;
        return start;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OtherArgument<T>(ThreadRecorder recorder, T value)
    {
        if (recorder.RecordEnd == null)
            SpecialCalls.Argument(recorder, value);
        else
            ValueWriter.WriteGuarded(recorder, value);
    }

    private static void EndSpecial<T>(ThreadRecorder recorder, int token, T result, ValueTag? instead)
    {
        if (token >= FrameToken.Special)
            SpecialCalls.End(recorder, token, result, instead);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndOther<T>(ThreadRecorder recorder, byte* start, T result)
    {
        recorder.Busy = true;
        recorder.Open(start, start + EndFields);
        ValueWriter.WriteGuarded(recorder, result);
        recorder.Commit(start, recorder.Cursor, RecordKind.End);
        recorder.Busy = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(ThreadRecorder recorder, int frame, object? exception)
    {
        byte* start = BeginEnd(recorder, frame);
        recorder.Resumed.Leave(recorder);
        if (start == null)
            return;
        recorder.Busy = true;
        recorder.Open(start, start + EndFields);
        ExceptionWriter.WriteGuarded(recorder, exception);
        recorder.Commit(start, recorder.Cursor, RecordKind.Failed);
        recorder.Busy = false;
    }
}
