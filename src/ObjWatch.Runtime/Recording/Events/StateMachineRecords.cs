using System.Runtime.CompilerServices;
using ObjWatch.Recording.Sites;
using ObjWatch.Trace.Format;
using ObjWatch.Values;
using ObjWatch.Values.Writing;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

/// <summary>Writes what is said of async methods and iterators while they are suspended and resumed: Await and Resume.</summary>
/// <remarks>
/// An invocation is one frame from its run to its end, but not always the same one: it leaves the thread's frames when it is suspended, and
/// enters those of whichever thread resumes it, at the depth it began with.
/// </remarks>
internal static unsafe class StateMachineRecords
{
    /// <summary>The method that begins a state machine is about to run it for the first time.</summary>
    public static void Start(ref StateMachineFrame state, ThreadRecorder recorder, int frame)
    {
        if (frame >= FrameToken.Silent)
        {
            state.Status = StateMachineStatus.Silent;
            return;
        }

        state.Status = StateMachineStatus.Started;
        state.Session = recorder.SessionNumber;
        state.Depth = FrameToken.NumberOf(frame) - recorder.DepthBase;
    }

    /// <summary>A state machine begins to run, or goes on.</summary>
    /// <returns>The recorder, whose innermost frame is the state machine's; null when this invocation is not traced.</returns>
    public static ThreadRecorder? Resume(ref StateMachineFrame state, int site)
    {
        if (state.Status is not (StateMachineStatus.Started or StateMachineStatus.Suspended or StateMachineStatus.Silent))
            return null;
        ThreadRecorder? recorder = ThreadRecorder.ForEvents();
        if (recorder == null)
            return null;
        if (state.Status == StateMachineStatus.Silent)
            return FilteredCalls.EnterSilently(recorder);
        if (state.Status == StateMachineStatus.Started && BelongsToInnermost(ref state, recorder, site))
        {
            state.Status = StateMachineStatus.Running;
            return recorder;
        }

        return Push(ref state, recorder, site) ? recorder : null;
    }

    /// <summary>As <see cref="Resume"/>, for an iterator: its run is its first MoveNext. The caller completes the Run record if one has
    /// been begun.</summary>
    /// <param name="state">The iterator's.</param>
    /// <param name="site">The site of its method.</param>
    /// <param name="begins">Whether it is at its start.</param>
    public static ThreadRecorder? EnterIterator(ref StateMachineFrame state, int site, bool begins)
    {
        if (state.Status != StateMachineStatus.None || !begins)
            return Resume(ref state, site);
        ThreadRecorder? recorder = CallRecords.Enter(site);
        if (recorder == null)
            return null;
        if (FilteredCalls.IsSilent(recorder))
        {
            state.Status = StateMachineStatus.Silent;
            return recorder;
        }

        Start(ref state, recorder, recorder.FrameCount);
        state.Status = StateMachineStatus.Running;
        return recorder;
    }

    /// <summary>The token of the state machine's call, which goes on in the innermost frame.</summary>
    public static int Resumed(ThreadRecorder recorder) =>
        recorder.Busy || SiteFlags.Of(recorder.Frames[recorder.FrameCount - 1].Site) != SiteFlag.On
            ? FilteredCalls.Resumed(recorder)
            : recorder.FrameCount - 1;

    /// <summary>It is suspended at an await, or gives away a value that cannot be captured.</summary>
    public static void Await(ThreadRecorder recorder, int frame, ref StateMachineFrame state, bool opaque)
    {
        if (!BeginAwait(recorder, frame, ref state))
            return;
        *recorder.Cursor++ = (byte)(opaque ? ValueTag.Opaque : ValueTag.Void);
        recorder.Commit();
    }

    /// <summary>It is suspended and gives away a value.</summary>
    public static void Yield<T>(ThreadRecorder recorder, int frame, ref StateMachineFrame state, T value)
    {
        if (!BeginAwait(recorder, frame, ref state))
            return;
        recorder.Busy = true;
        if (frame >= FrameToken.Filtered)
            FilteredCalls.WriteYielded(recorder, recorder.OpenSite, value);
        else
            ValueWriter.WriteGuarded(recorder, value);
        recorder.Commit();
        recorder.Busy = false;
    }

    /// <summary>It has ended, and its end has been written.</summary>
    public static void Finish(ThreadRecorder recorder, ref StateMachineFrame state)
    {
        state.Status = StateMachineStatus.Ended;
        recorder.Resumed.Leave(recorder);
    }

    /// <summary>A method that begins or runs a state machine returns. If its frame is still there, the state machine has yet to run
    /// elsewhere.</summary>
    public static void Leave(ThreadRecorder recorder, int frame)
    {
        if (frame >= FrameToken.Silent)
        {
            FilteredCalls.LeaveSilently(recorder, frame, null);
            return;
        }

        if (recorder.FrameCount <= FrameToken.NumberOf(frame))
            return;
        StateMachineFrame elsewhere = default;
        Await(recorder, frame, ref elsewhere, opaque: false);
    }

    private static bool BelongsToInnermost(ref StateMachineFrame state, ThreadRecorder recorder, int site)
    {
        int frame = recorder.FrameCount - 1;
        return frame >= recorder.OldFrames && recorder.Frames[frame].Site == site && state.Session == recorder.SessionNumber
            && state.Depth == frame - recorder.DepthBase;
    }

    private static bool Push(ref StateMachineFrame state, ThreadRecorder recorder, int site)
    {
        int index = recorder.FrameCount;
        if ((index == recorder.Frames.Length && !recorder.GrowFrames()) || !recorder.Resumed.Enter(recorder, index))
            return false;
        if (state.Session != recorder.SessionNumber)
        {
            state.Session = recorder.SessionNumber;
            state.Depth = index - recorder.DepthBase;
        }

        ref Frame frame = ref recorder.Frames[index];
        frame.Site = site;
        frame.CallerLine = index == 0 ? 0 : recorder.Line;
        recorder.FrameCount = index + 1;
        recorder.DepthBase = index - state.Depth;
        recorder.Line = state.Line;
        state.Status = StateMachineStatus.Running;
        // It goes on at the depth it began with, whatever is open on this thread: that is always said.
        int depth = state.Depth;
        byte* cursor = recorder.OpenCall(recorder.Position, RecordKind.Resume, site, depth, untold: int.MinValue, depthBehind: depth + 1);
        cursor = RecordBuffer.WriteLine(cursor, state.Line);
        *cursor = (byte)ValueTag.Void;
        recorder.Cursor = cursor + 1;
        recorder.Commit();
        return true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static bool BeginAwait(ThreadRecorder recorder, int frame, ref StateMachineFrame state)
    {
        if (frame >= FrameToken.Silent)
        {
            FilteredCalls.LeaveSilently(recorder, frame, null);
            return false;
        }

        // All of this comes before the record: another thread may go on as soon as the caller has handed the state machine over.
        int line = recorder.Line;
        state.Line = line;
        state.Status = StateMachineStatus.Suspended;
        bool recorded = CallRecords.BeginEnd(recorder, FrameToken.NumberOf(frame), RecordKind.Await);
        recorder.Resumed.Leave(recorder);
        if (recorded)
            recorder.Cursor = RecordBuffer.WriteLine(recorder.Cursor, line);
        return recorded;
    }
}
