using System;
using System.Diagnostics;
using System.Runtime.CompilerServices;
using System.Threading;
using ObjWatch.Recording.Chunks;
using ObjWatch.Trace.Format;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Streams;

/// <summary>How a thread comes by its chunks: it joins the session, takes a stream of it, and another chunk whenever one is full.</summary>
/// <remarks>Apart from the <see cref="ThreadRecorder"/>, which needs none of it to write a record.</remarks>
internal sealed unsafe class ThreadChunks
{
    private const int OtherThreadSize = 20;
    private const int RankSize = 8;

    /// <summary>Bytes of what may stand in front of a thread's first record in a chunk that it takes over.</summary>
    public const int MostControlBytes = OtherThreadSize + Safepoint.Size + RankSize;

    private readonly ThreadRecorder _recorder;
    private ActiveRecording? _session;
    private RecordStream? _stream;
    private DroppedEvents? _dropping;
    private long _eventsBefore;
    private int _rank;

    public ThreadChunks(ThreadRecorder recorder) => _recorder = recorder;

    /// <summary>Lets the thread record where it has no room for another record, or has to look again at what the session wants.</summary>
    /// <returns>The place for a record of any size, or null when nothing is recorded (any more).</returns>
    public byte* Next()
    {
        ActiveRecording? session = TracedProcess.This.Current;
        if (session == null)
            return Detach();
        if (session.Ranks.Asking)
            session.Ranks.Ask();
        if (session.Ranks.Excluded)
            return Detach();
        bool joins = session != _session || _stream == null;
        RecordStream stream = joins ? Join(session) : _stream!;
        if (stream.Chunk != null && _recorder.Position <= stream.Chunk.LastRecord)
            return GoOn(session, stream, joins);
        Complete(stream);
        if (session.DropsWhenFull)
            return (_dropping ??= new DroppedEvents()).TakeChunkOrDrop(_recorder, session, stream) ? Opened(session) : Detach();
        stream.Chunk = session.Trace.Take(stream.Number, stream.Sequence++, _recorder.Number, _recorder.Events);
        if (stream.Chunk == null)
        {
            session.NoteLost();
            return null;
        }

        Begin(session, stream, dropped: 0);
        return Opened(session);
    }

    /// <summary>Moves the open record to the next chunk, because this one has no room for what is still to be written.</summary>
    /// <returns>Whether there was a chunk.</returns>
    public bool MoveRecord()
    {
        ActiveRecording? session = TracedProcess.This.Current;
        // A thread that drops events has no chunk.
        if (session == null || session != _session || _stream is not { Chunk: { } full } stream)
            return false;
        TraceChunk? next = session.DropsWhenFull
            ? session.Trace.TakeAtOnce(stream.Number, stream.Sequence, _recorder.Number, _recorder.Events)
            : session.Trace.Take(stream.Number, stream.Sequence, _recorder.Number, _recorder.Events);
        if (next == null)
            return false;
        stream.Sequence++;
        byte* record = _recorder.RecordStart;
        int written = (int)(_recorder.Cursor - record);
        byte* window = stream.WindowStart;
        int events = CountIn(stream);
        stream.Shared = false;
        stream.Chunk = next;
        int depthBehind = _recorder.Depth;
        long ticks = _recorder.Ticks;
        _recorder.TakeBackMoment();
        Begin(session, stream, dropped: 0);
        _recorder.Ticks = ticks;
        _recorder.MoveTo(_recorder.Position, _recorder.IsRun ? depthBehind - 1 : depthBehind);
        _recorder.Depth = depthBehind;
        // What follows the last record must be zero, but for the mark of the end.
        Unsafe.InitBlockUnaligned(record, 0, (uint)written);
        full.Complete(window, record, events);
        Opened(session);
        return true;
    }

    /// <summary>Begins a chunk: says in full what later records leave out, and whose events follow, where that is known, so that it can be
    /// read without those before it.</summary>
    /// <param name="session">The session.</param>
    /// <param name="stream">The thread's stream, with its new chunk.</param>
    /// <param name="dropped">How many events the thread has dropped since its last chunk.</param>
    public void Begin(ActiveRecording session, RecordStream stream, long dropped)
    {
        TraceChunk chunk = stream.Chunk!;
        _eventsBefore = _recorder.Events;
        _recorder.Position = chunk.FirstRecord;
        _recorder.ChunkEnd = chunk.EndOfRecords;
        WriteSafepoint(stream, check: 0, _recorder.Events - dropped);
        if (dropped > 0)
        {
            _recorder.Position = DroppedEvents.WriteRecord(_recorder.Position, dropped);
            // Who only counts must read the chunk.
            stream.Shared = true;
        }

        WriteRank(session);
        SetLimit(stream);
    }

    /// <summary>Goes on in memory that nobody reads.</summary>
    public void BeginNowhere(ActiveRecording session, byte* memory, int size)
    {
        _eventsBefore = _recorder.Events;
        _recorder.Position = memory;
        _recorder.ChunkEnd = memory + size;
        WriteRank(session);
        _recorder.Limit = memory + size - TraceFormat.MaximumRecordSize;
    }

    /// <summary>Gives the stream up. For the thread itself, once it has ended, or while it certainly does not write.</summary>
    public RecordStream? LeaveStream()
    {
        _recorder.Limit = null;
        RecordStream? stream = _stream;
        _stream = null;
        if (stream != null)
            stream.Position = _recorder.Position;
        return stream;
    }

    /// <summary>The thread takes part in its session no longer.</summary>
    public void Retire() => _session?.Threads.Retire(_recorder);

    /// <summary>Hands over how many events have been dropped since the thread's last chunk, where it will have no later one to say so. For
    /// the session's end, or once the thread has ended.</summary>
    public DroppedAtEnd? TakeDropped() => _stream is { } stream ? _dropping?.TakeRest(_recorder, stream) : null;

    /// <summary>Says how far the thread has come, after the session has let go of it. What it is writing at this moment may or may not
    /// count.</summary>
    public void WriteWritten(DefinitionStream definitions) => _stream?.WriteWritten(_recorder.Position, definitions, atRest: false);

    /// <summary>Goes on in the present chunk: its own, where a safepoint is due, or because of the rank; or that of a thread that has
    /// ended.</summary>
    private byte* GoOn(ActiveRecording session, RecordStream stream, bool joins)
    {
        if (joins)
            TakeOver(stream);
        else if (_recorder.Position - stream.WindowStart >= TraceFormat.WindowSize)
            WriteSafepoint(stream, CheckOfWindow(stream), _recorder.Events);
        if (joins || session.Ranks.Number != _rank)
            WriteRank(session);
        SetLimit(stream);
        return Opened(session);
    }

    /// <summary>Lets the thread record, unless it has to come here again with its next event.</summary>
    private byte* Opened(ActiveRecording session)
    {
        // The session may have ended meanwhile, or may have begun to ask for the rank or learned it, and its Release may have come before
        // the limit was set.
        Thread.MemoryBarrier();
        if (session.Ended)
            return Detach();
        if (session.Ranks.Asking || session.Ranks.Number != _rank)
            _recorder.Limit = null;
        return _recorder.Position;
    }

    private byte* Detach()
    {
        _recorder.Limit = null;
        return null;
    }

    private RecordStream Join(ActiveRecording session)
    {
        Retire();
        _recorder.Events = _recorder.Dropped = _eventsBefore = 0;
        _recorder.Owner = 0;
        _recorder.Ticks = 0;
        _recorder.Depth = 0;
        // If this fails, all is tried again with the next event.
        RecordStream stream = session.Threads.Admit(_recorder, out _recorder.Number);
        _recorder.Position = stream.Position;
        _stream = stream;
        _session = session;
        _recorder.OldFrames = _recorder.DepthBase = _recorder.FrameCount;
        _recorder.SessionNumber = session.Ordinal;
        _recorder.Rules = session.Rules;
        return stream;
    }

    /// <summary>Goes on in the chunk of a thread that has ended.</summary>
    private void TakeOver(RecordStream stream)
    {
        stream.Shared = true;
        byte* start = _recorder.Position;
        _recorder.ChunkEnd = stream.Chunk!.EndOfRecords;
        *(int*)(start + 4) = _recorder.Number;
        *(long*)(start + 8) = Stopwatch.GetTimestamp();
        *(int*)(start + 16) = Environment.CurrentManagedThreadId;
        Volatile.Write(ref *(uint*)start, RecordHead.Sized(RecordKind.OtherThread, OtherThreadSize));
        _recorder.Position = start + OtherThreadSize;
        WriteSafepoint(stream, CheckOfWindow(stream), ordinal: 0);
    }

    private uint CheckOfWindow(RecordStream stream) =>
        WindowCheck.Of(new ReadOnlySpan<byte>(stream.WindowStart, (int)(_recorder.Position - stream.WindowStart)));

    private void WriteSafepoint(RecordStream stream, uint check, long ordinal)
    {
        byte* start = _recorder.Position;
        Safepoint.Write(start, check, _recorder.Depth, _recorder.Ticks, _recorder.Owner, ordinal);
        Volatile.Write(ref *(uint*)start, Safepoint.Head);
        stream.WindowStart = start;
        _recorder.Position = start + Safepoint.Size;
    }

    private void SetLimit(RecordStream stream)
    {
        byte* window = stream.WindowStart + TraceFormat.WindowSize - 1;
        byte* last = stream.Chunk!.LastRecord;
        _recorder.Limit = window < last ? window : last;
    }

    private void Complete(RecordStream stream)
    {
        TraceChunk? full = stream.Chunk;
        stream.Chunk = null;
        _recorder.Limit = null;
        full?.Complete(stream.WindowStart, _recorder.Position, CountIn(stream));
        stream.Shared = false;
    }

    private int CountIn(RecordStream stream) => stream.Shared ? 0 : (int)(_recorder.Events - _eventsBefore);

    private void WriteRank(ActiveRecording session)
    {
        _rank = session.Ranks.Number;
        if (_rank < 0)
            return;
        byte* start = _recorder.Position;
        *(int*)(start + 4) = _rank;
        Volatile.Write(ref *(uint*)start, RecordHead.Sized(RecordKind.Rank, RankSize));
        _recorder.Position = start + RankSize;
    }
}
