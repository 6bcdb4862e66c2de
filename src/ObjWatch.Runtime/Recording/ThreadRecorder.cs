using ObjWatch.Recording;
using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
using System.Threading;
using ObjWatch.Diagnostics;
using ObjWatch.Recording.Events;
using ObjWatch.Recording.Guarding;
using ObjWatch.Recording.Streams;
using ObjWatch.Values;

namespace ObjWatch.Woven;

/// <summary>What one thread records with. Woven code holds it in a local for the length of an invocation.</summary>
/// <remarks>The recorder stays with its thread through all sessions: frames that are open while one
/// session ends and another begins stay on the stack, below <see cref="OldFrames"/>.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class ThreadRecorder : RecordBuffer
{
    [ThreadStatic]
    private static ThreadRecorder? _current;

    /// <summary>The line (one-based) this thread is at in the innermost traced method: woven code stores it at each sequence
    /// point.</summary>
    public int Line;

    /// <summary>How many of its events were dropped.</summary>
    internal long Dropped;

    /// <summary>The thread's number in the trace.</summary>
    internal int Number;

    /// <summary>The open frames, innermost last.</summary>
    internal Frame[] Frames = new Frame[32];

    /// <summary>How many of <see cref="Frames"/> are open.</summary>
    internal int FrameCount;

    /// <summary>How many of the open frames began before this session; they end without a record.</summary>
    internal int OldFrames;

    /// <summary>A frame's depth in the trace is its index less this number. It is negative where a state machine that began deep is resumed
    /// at the bottom.</summary>
    internal int DepthBase;

    /// <summary>Which of the open frames are those of resumed state machines.</summary>
    internal readonly ResumedFrames Resumed = new();

    /// <summary>The number of the session this thread records in.</summary>
    internal int SessionNumber;

    /// <summary>The constructor call announced by <see cref="Probe.Chain"/>.</summary>
    internal ChainedConstructor Chained;

    /// <summary>The state of its filtered calls, once it has had one.</summary>
    internal FilteredCall? Filtered;

    /// <summary>Whether it is the thread of a renderer: it must not wait for a session to end, which waits for it.</summary>
    internal bool Renders;

    /// <summary>Where its chunks come from.</summary>
    internal readonly ThreadChunks Chunks;

    private readonly Thread _thread = Thread.CurrentThread;
    private readonly bool _singleApartment = Thread.CurrentThread.GetApartmentState() == ApartmentState.STA;

    internal ThreadRecorder() => Chunks = new ThreadChunks(this);

    /// <summary>A thread has ended: its stream and its count go back to the session.</summary>
    ~ThreadRecorder()
    {
        try
        {
            Identities.Dispose();
            Chunks.Retire();
        }
        catch (Exception failure)
        {
            ProbeFailures.Note(failure);
        }
    }

    /// <summary>The calling thread's recorder, when it has one.</summary>
    internal static ThreadRecorder? Current
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => _current;
    }

    /// <summary>Whether the thread has ended: nothing is written through this recorder any more, and everything that was is seen.</summary>
    internal bool HasEnded
    {
        get
        {
            bool ended = !_thread.IsAlive;
            Thread.MemoryBarrier();
            return ended;
        }
    }

    /// <summary>Whether it is the calling thread's, which is not in the middle of a record.</summary>
    internal bool IsOwnAtRest => this == _current && !Busy;

    /// <summary>Whether the thread is waiting in code of the program's: it is not in the middle of a record. So once its limit has been
    /// taken away, it writes nothing any more through what it has. What it has written is seen.</summary>
    /// <remarks>The recorder waits only where it is busy, and stays busy until the record is complete. So if the wait was one of the
    /// recorder's, and it is not busy at the second look, the record is complete by then. A thread of a single-threaded apartment may run
    /// other code of the program's while it waits.</remarks>
    internal bool IsWaiting
    {
        get
        {
            if (_singleApartment || (_thread.ThreadState & ThreadState.WaitSleepJoin) == 0)
                return false;
            Thread.MemoryBarrier();
            bool waiting = !Volatile.Read(ref Busy);
#if NET
            Interlocked.MemoryBarrierProcessWide();
#else
            Thread.MemoryBarrier();
#endif
            return waiting;
        }
    }

    /// <summary>No events are recorded on the calling thread from now on.</summary>
    internal static ThreadRecorder ExcludeCurrentThread()
    {
        ThreadRecorder recorder = CurrentOrNew();
        recorder.Busy = true;
        return recorder;
    }

    /// <summary>The calling thread's recorder; null when it records nothing now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ThreadRecorder? ForEvents()
    {
        ThreadRecorder? recorder = _current;
        if (recorder != null && !recorder.Busy && recorder.Position <= recorder.Limit)
            return recorder;
        return Ready();
    }

    /// <summary>As <see cref="ForEvents"/>, for a thread without a recorder, or at its <see cref="RecordBuffer.Limit"/>.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ThreadRecorder? Ready()
    {
        try
        {
            if (!TracedProcess.This.Records)
                return null;
            ThreadRecorder recorder = CurrentOrNew();
            return !recorder.Busy && recorder.Begin() != null ? recorder : null;
        }
        catch (Exception failure)
        {
            ProbeFailures.Note(failure);
            return null;
        }
    }

    /// <summary>The place for a new record, or null when nothing is recorded (any more).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte* Begin()
    {
        byte* place = Position;
        return place <= Limit ? place : NextChunk();
    }

    /// <summary>Makes room for more open frames.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal bool GrowFrames()
    {
        try
        {
            Array.Resize(ref Frames, Frames.Length * 2);
            return true;
        }
        catch (Exception failure)
        {
            ProbeFailures.Note(failure);
            return false;
        }
    }

    /// <summary>Lets the thread go: its next event finds that the session has ended.</summary>
    internal void Release() => Limit = null;

    /// <summary>The calling thread's recorder.</summary>
    internal static ThreadRecorder CurrentOrNew() => _current ??= new ThreadRecorder();

    /// <inheritdoc/>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal override bool MoveOn()
    {
        // What has no room in a chunk of its own has none anywhere; and what is written elsewhere stays there.
        if (RecordEnd != ChunkEnd)
            return false;
        bool? moved = ProbeGuard.Run(this, default(Move), default(bool?));
        if (moved == null)
            Limit = null;
        return moved == true;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte* NextChunk()
    {
        var place = (byte*)ProbeGuard.Run(this, default(Advance), default(nint));
        if (place == null)
            Limit = null;
        return place;
    }

    /// <summary>Moves the open record to the next chunk.</summary>
    private readonly struct Move : IGuardedWork<bool?>
    {
        public bool? Do(ThreadRecorder recorder) => recorder.Chunks.MoveRecord();
    }

    /// <summary>Comes by room for another record.</summary>
    private readonly struct Advance : IGuardedWork<nint>
    {
        public nint Do(ThreadRecorder recorder) => (nint)recorder.Chunks.Next();
    }
}
