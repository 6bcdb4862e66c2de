using System.Runtime.CompilerServices;
using ObjWatch.Recording.Sites;
using ObjWatch.Trace.Format;
using ObjWatch.Values;
using ObjWatch.Values.Writing;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

/// <summary>Writes what is said of calls: Run, End and Failed.</summary>
internal static unsafe class CallRecords
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ThreadRecorder? Enter(int site)
    {
        ThreadRecorder? recorder = ThreadRecorder.ForEvents();
        if (recorder == null)
            return null;
        SiteFlag flags = SiteFlags.Of(site);
        if (flags != SiteFlag.On)
            return FilteredCalls.Enter(recorder, site, flags);
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
        int inTrace = depth - recorder.DepthBase;
        byte* start = recorder.Position;
        byte* cursor = recorder.OpenCall(start, RecordKind.Run, site, inTrace, untold: recorder.Depth, depthBehind: inTrace + 1);
        recorder.FirstValue = recorder.Cursor = RecordBuffer.WriteLine(cursor, frame.CallerLine);
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
            FilteredCalls.ArgumentOpaque(recorder);
        else
            ValueWriter.WriteOpaque(recorder);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void ArgumentReference(ThreadRecorder recorder, object? value)
    {
        if (value != null && recorder.Identities.TryGet(value, out ulong identity)
            && recorder.Cursor + ValueWriter.ObjectSize <= recorder.RecordEnd)
        {
            recorder.Cursor = ValueWriter.WriteIdentity(recorder, recorder.Cursor, identity);
        }
        else
        {
            OtherArgument(recorder, value);
        }
    }

    public static int Entered(ThreadRecorder recorder)
    {
        if (recorder.RecordEnd == null)
            return FilteredCalls.Entered(recorder);
        CommitRun(recorder);
        recorder.Busy = false;
        return recorder.FrameCount++;
    }

    /// <summary>Makes a run record visible. What it was called on is the last owner from now on: most often the method changes
    /// that.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void CommitRun(ThreadRecorder recorder)
    {
        byte* first = recorder.FirstValue;
        ulong owner = first < recorder.Cursor && *first == (byte)ValueTag.Object ? *(ulong*)(first + 1) : recorder.Owner;
        recorder.Commit();
        recorder.Owner = owner;
    }

    public static void End(ThreadRecorder recorder, int frame, bool opaque)
    {
        ValueTag instead = opaque ? ValueTag.Opaque : ValueTag.Void;
        byte* start = BeginEnd(recorder, frame, out int site);
        if (start == null)
            EndFiltered<object?>(recorder, frame, null, instead);
        else
            recorder.WriteEnd(start, site, recorder.FrameCount - recorder.DepthBase, result: 0, instead);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void EndValue<T>(ThreadRecorder recorder, int frame, T result)
    {
        byte* start = BeginEnd(recorder, frame, out int site);
        if (start == null)
        {
            EndFiltered(recorder, frame, result, null);
        }
        else if (Primitive.Is<T>())
        {
            recorder.WriteEnd(start, site, recorder.FrameCount - recorder.DepthBase, result);
        }
        else
        {
            OpenEnd(recorder, start, site, RecordKind.End);
            EndOther(recorder, result);
        }
    }

    public static void EndReference(ThreadRecorder recorder, int frame, object? result)
    {
        if (BeginEnd(recorder, frame, RecordKind.End))
            EndOther(recorder, result);
        else
            EndFiltered(recorder, frame, result, null);
    }

    public static void EndException(ThreadRecorder recorder, int frame, object? exception)
    {
        if (frame >= FrameToken.Silent)
        {
            FilteredCalls.LeaveSilently(recorder, frame, exception);
            return;
        }

        frame = FrameToken.NumberOf(frame);
        CloseAbove(recorder, frame, exception);
        if (frame == recorder.FrameCount - 1)
            Fail(recorder, frame, exception);
    }

    /// <summary>An exception has been caught in the call with a token: closes the calls it has left.</summary>
    public static void Caught(ThreadRecorder recorder, int token, object? exception) =>
        CloseAbove(recorder, FilteredCalls.FrameOf(recorder, token), exception);

    /// <summary>Closes the frames above <paramref name="frame"/>: an exception has left them.</summary>
    public static void CloseAbove(ThreadRecorder recorder, int frame, object? exception)
    {
        while (recorder.FrameCount - 1 > frame)
            Fail(recorder, recorder.FrameCount - 1, exception);
    }

    /// <summary>Pops the frame and opens the record that says so.</summary>
    /// <param name="recorder">The thread's recorder.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="kind">End, Failed or Await.</param>
    /// <returns>Whether there is a record; else the frame ends without one.</returns>
    public static bool BeginEnd(ThreadRecorder recorder, int frame, RecordKind kind)
    {
        byte* start = BeginEnd(recorder, frame, out int site);
        if (start == null)
            return false;
        OpenEnd(recorder, start, site, kind);
        return true;
    }

    /// <summary>Pops the frame.</summary>
    /// <param name="recorder">The thread's recorder.</param>
    /// <param name="frame">The frame.</param>
    /// <param name="site">Its site.</param>
    /// <returns>The place for the record that says so; null where there is none.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* BeginEnd(ThreadRecorder recorder, int frame, out int site)
    {
        byte* start = recorder.Position;
        if (frame != recorder.FrameCount - 1 || frame < recorder.OldFrames || start > recorder.Limit)
            return BeginUnusualEnd(recorder, frame, out site);
        Pop(recorder, frame, out site);
        return start;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static byte* BeginUnusualEnd(ThreadRecorder recorder, int frame, out int site)
    {
        site = 0;
        if (frame >= FrameToken.Filtered)
            return null;
        CloseAbove(recorder, frame, null);
        if (frame != recorder.FrameCount - 1)
            return null;
        byte* start = recorder.Begin();
        Pop(recorder, frame, out site);
        if (start != null && frame >= recorder.OldFrames)
            return start;
        recorder.Resumed.Leave(recorder);
        // Depths of this session count from the frames of the earlier one that are still open.
        if (frame < recorder.OldFrames)
            recorder.OldFrames = recorder.DepthBase = frame;
        return null;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Pop(ThreadRecorder recorder, int frame, out int site)
    {
        ref Frame ended = ref recorder.Frames[frame];
        site = ended.Site;
        recorder.FrameCount = frame;
        recorder.Line = ended.CallerLine;
    }

    private static void OpenEnd(ThreadRecorder recorder, byte* start, int site, RecordKind kind)
    {
        int depth = recorder.FrameCount - recorder.DepthBase;
        recorder.Cursor = recorder.OpenCall(start, kind, site, depth, untold: recorder.Depth - 1, depthBehind: depth);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void OtherArgument<T>(ThreadRecorder recorder, T value)
    {
        if (recorder.RecordEnd == null)
            FilteredCalls.Argument(recorder, value);
        else
            ValueWriter.WriteGuarded(recorder, value);
    }

    private static void EndFiltered<T>(ThreadRecorder recorder, int token, T result, ValueTag? instead)
    {
        if (token >= FrameToken.Filtered)
            FilteredCalls.End(recorder, token, result, instead);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void EndOther<T>(ThreadRecorder recorder, T result)
    {
        recorder.Busy = true;
        ValueWriter.WriteGuarded(recorder, result);
        recorder.Commit();
        recorder.Busy = false;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Fail(ThreadRecorder recorder, int frame, object? exception)
    {
        bool recorded = BeginEnd(recorder, frame, RecordKind.Failed);
        recorder.Resumed.Leave(recorder);
        if (!recorded)
            return;
        recorder.Busy = true;
        ExceptionWriter.WriteGuarded(recorder, exception);
        recorder.Commit();
        recorder.Busy = false;
    }
}
