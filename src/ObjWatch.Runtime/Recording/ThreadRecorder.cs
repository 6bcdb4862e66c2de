using System;
using System.ComponentModel;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.Intrinsics.X86;
#endif
using System.Threading;
using ObjWatch.Diagnostics;
using ObjWatch.State;
using ObjWatch.Values;
using ObjWatch.Trace.Format;

namespace ObjWatch.Recording;

/// <summary>What one thread records with. Woven code holds it in a local for the length of an invocation.</summary>
/// <remarks>
/// A record is written at <see cref="Position"/> without a lock, because the chunk belongs to this thread alone, and becomes
/// visible by its head, which is stored last. The recorder stays with its thread through all sessions: frames that are open while one
/// session ends and another begins stay on the stack, below <see cref="OldFrames"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed unsafe class ThreadRecorder
{
    private const int BytesAhead = 512;

    [ThreadStatic]
    private static ThreadRecorder? _current;

    /// <summary>The line (one-based) this thread is at in the innermost traced method: woven code stores it at each sequence point.</summary>
    public int Line;

    /// <summary>Where the next record goes: never null, so that it lies behind a <see cref="Limit"/> that is.</summary>
    internal byte* Position = (byte*)1;

    /// <summary>The last place where a record of any size fits. Null sends the next event to <see cref="NextChunk"/>: also how a session that
    /// ends lets go of the threads.</summary>
    internal volatile byte* Limit;

    /// <summary>In the record being written: where it begins, where the next value goes, and what it may not pass.</summary>
    internal byte* RecordStart, Cursor, RecordEnd;

    /// <summary>Whether the thread is inside the recorder, or is one of ours: whatever it calls meanwhile is not traced.</summary>
    internal bool Busy;

    /// <summary>How many events this thread has had in its session.</summary>
    internal long Events;

    /// <summary>How many of them were dropped.</summary>
    internal long Dropped;

    /// <summary>The thread's number in the trace.</summary>
    internal int Number;

    /// <summary>The open frames, innermost last.</summary>
    internal Frame[] Frames = new Frame[32];

    /// <summary>How many of <see cref="Frames"/> are open.</summary>
    internal int FrameCount;

    /// <summary>How many of the open frames began before this session; they end without a record.</summary>
    internal int OldFrames;

    /// <summary>A frame's depth in the trace is its index less this number. It is negative where a state machine that began deep is resumed at the bottom.</summary>
    internal int DepthBase;

    /// <summary>Which of the open frames are those of resumed state machines.</summary>
    internal readonly ResumedFrames Resumed = new();

    /// <summary>The number of the session this thread records in.</summary>
    internal int SessionNumber;

    /// <summary>The constructor call announced by <see cref="Probe.Chain"/>.</summary>
    internal ChainedConstructor Chained;

    /// <summary>The state of its special calls, once it has had one.</summary>
    internal SpecialCall? Special;

    /// <summary>Makes the texts of what stands in the value that a wrapper formats.</summary>
    internal Func<object?, string?>? ElementText;

    /// <summary>The identities this thread met last.</summary>
    internal IdentityCache Identities = IdentityCache.Create();

    /// <summary>The shapes of the types this thread met last.</summary>
    internal readonly ShapeCache Shapes = new();

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

    /// <summary>Whether the thread is waiting in code of the program's: it is not in the middle of a record. So once its limit has been taken
    /// away, it writes nothing any more through what it has. What it has written is seen.</summary>
    /// <remarks>The recorder waits only where it is busy, and stays busy until the record is complete. So if the wait was one of the recorder's,
    /// and it is not busy at the second look, the record is complete by then. A thread of a single-threaded apartment may run other code of the
    /// program's while it waits.</remarks>
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
    internal static void ExcludeCurrentThread() => CurrentOrNew().Busy = true;

    /// <summary>The calling thread's recorder; null when it records nothing now.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static ThreadRecorder? ForEvents()
    {
        ThreadRecorder? recorder = _current;
        if (recorder != null && !recorder.Busy && recorder.Position <= recorder.Limit)
            return recorder;
        return Ready();
    }

    /// <summary>As <see cref="ForEvents"/>, for a thread without a recorder, or without room for another record.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    internal static ThreadRecorder? Ready()
    {
        try
        {
            if (!Probe.On)
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

    /// <summary>The place for a new record of any size, or null when nothing is recorded (any more).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte* Begin()
    {
        byte* place = Position;
        return place <= Limit ? place : NextChunk();
    }

    /// <summary>Begins a record whose values are written by way of <see cref="Cursor"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Open(byte* start, byte* cursor)
    {
        RecordStart = start;
        Cursor = cursor;
        RecordEnd = start + TraceFormat.MaximumRecordSize;
    }

    /// <summary>Makes a record visible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Commit(byte* start, byte* end, RecordKind kind)
    {
        int size = ((int)(end - start) + 3) & ~3;
        Volatile.Write(ref *(uint*)start, TraceFormat.Head(size, kind));
        // Only now: the process may end between any two of these, and what it says of how far it came must be there.
        Position = start + size;
        Events++;
#if NET
        // Another thread has just written zeros here: the next records' place is still in its processor's cache, and takes longer to come than an event.
        if (Sse.IsSupported)
            Sse.Prefetch0(start + BytesAhead);
#endif
    }

    /// <summary>Takes back what was written from <paramref name="place"/> on: what follows a record must be zero until it is written.</summary>
    internal void Rewind(byte* place)
    {
        Unsafe.InitBlockUnaligned(place, 0, (uint)(RecordEnd - place));
        Cursor = place;
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

    [MethodImpl(MethodImplOptions.NoInlining)]
    private byte* NextChunk()
    {
        bool wasBusy = Busy;
        Busy = true;
        try
        {
            return Chunks.Next();
        }
        catch (Exception failure)
        {
            Limit = null;
            ProbeFailures.Note(failure);
            return null;
        }
        finally
        {
            Busy = wasBusy;
        }
    }
}
