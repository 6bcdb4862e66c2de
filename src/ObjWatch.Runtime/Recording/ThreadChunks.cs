using System;
using System.Diagnostics;
using System.Threading;
using ObjWatch.Trace.Format;

namespace ObjWatch.Recording;

/// <summary>How a thread comes by its chunks: it joins the session, takes a stream of it, and another chunk whenever one is full.</summary>
/// <remarks>Apart from the <see cref="ThreadRecorder"/>, which needs none of it to write a record.</remarks>
internal sealed unsafe class ThreadChunks
{
    private const int OtherThreadSize = 20;
    private const int RankSize = 8;

    private readonly ThreadRecorder _recorder;
    private RecordingSession? _session;
    private RecordStream? _stream;
    private DroppedEvents? _dropping;
    private long _eventsBefore;
    private int _rank;

    public ThreadChunks(ThreadRecorder recorder) => _recorder = recorder;

    /// <summary>Lets the thread record where it has no room for another record, or has to look again at what the session wants.</summary>
    /// <returns>The place for a record of any size, or null when nothing is recorded (any more).</returns>
    public byte* Next()
    {
        RecordingSession? session = RecordingSession.Current;
        if (session == null)
            return Detach();
        if (session.Ranks.Asking)
            session.Ranks.Ask();
        if (session.Ranks.Excluded)
            return Detach();
        bool joins = session != _session || _stream == null;
        RecordStream stream = joins ? Join(session) : _stream!;
        if (stream.Chunk != null && _recorder.Position + OtherThreadSize + RankSize <= stream.Chunk.LastRecord)
            return GoOn(session, stream, joins);
        Complete(stream);
        if (session.DropsWhenFull)
            return (_dropping ??= new DroppedEvents()).TakeChunkOrDrop(_recorder, session, stream) ? Opened(session) : Detach();
        if (!Take(session, stream))
        {
            session.NoteLost();
            return null;
        }

        Begin(session);
        _recorder.Limit = stream.Chunk!.LastRecord;
        return Opened(session);
    }

    /// <summary>Begins a chunk, or what stands for one: notes where it begins, and says whose events follow, where that is known, so that it can be read
    /// without those before it.</summary>
    public void Begin(RecordingSession session)
    {
        _eventsBefore = _recorder.Events;
        WriteRank(session);
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

    /// <summary>Hands over how many events have been dropped since the thread's last chunk, where it will have no later one to say so. For the session's
    /// end, or once the thread has ended.</summary>
    public DroppedAtEnd? TakeDropped() => _stream is { } stream ? _dropping?.TakeRest(_recorder, stream) : null;

    /// <summary>Says how far the thread has come, after the session has let go of it. What it is writing at this moment may or may not count.</summary>
    public void WriteWritten(DefinitionStream definitions) => _stream?.WriteWritten(_recorder.Position, definitions);

    /// <summary>Goes on in the present chunk: that of a thread that has ended, or its own, to which it comes back because of the rank.</summary>
    private byte* GoOn(RecordingSession session, RecordStream stream, bool joins)
    {
        if (joins)
            TakeOver(stream);
        if (joins || session.Ranks.Number != _rank)
            WriteRank(session);
        _recorder.Limit = stream.Chunk!.LastRecord;
        return Opened(session);
    }

    /// <summary>Lets the thread record, unless it has to come here again with its next event.</summary>
    private byte* Opened(RecordingSession session)
    {
        // The session may have ended meanwhile, or may have begun to ask for the rank or learned it, and its Release may have come before the limit was set.
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

    private RecordStream Join(RecordingSession session)
    {
        Retire();
        _recorder.Events = _recorder.Dropped = 0;
        // If this fails, all is tried again with the next event.
        RecordStream stream = session.Threads.Admit(_recorder, out _recorder.Number);
        _recorder.Position = stream.Position;
        _stream = stream;
        _session = session;
        _recorder.OldFrames = _recorder.DepthBase = _recorder.FrameCount;
        _recorder.SessionNumber = session.Ordinal;
        return stream;
    }

    /// <summary>Goes on in the chunk of a thread that has ended.</summary>
    private void TakeOver(RecordStream stream)
    {
        stream.Shared = true;
        byte* start = _recorder.Position;
        *(int*)(start + 4) = _recorder.Number;
        *(long*)(start + 8) = Stopwatch.GetTimestamp();
        *(int*)(start + 16) = Environment.CurrentManagedThreadId;
        Volatile.Write(ref *(uint*)start, TraceFormat.Head(OtherThreadSize, RecordKind.OtherThread));
        _recorder.Position = start + OtherThreadSize;
    }

    private bool Take(RecordingSession session, RecordStream stream)
    {
        stream.Chunk = session.Trace.Take(stream.Number, stream.Sequence++, _recorder.Number);
        if (stream.Chunk == null)
            return false;
        _recorder.Position = stream.Chunk.FirstRecord;
        return true;
    }

    private void Complete(RecordStream stream)
    {
        TraceChunk? full = stream.Chunk;
        stream.Chunk = null;
        _recorder.Limit = null;
        full?.Complete(_recorder.Position, stream.Shared ? 0 : (int)(_recorder.Events - _eventsBefore));
        stream.Shared = false;
    }

    private void WriteRank(RecordingSession session)
    {
        _rank = session.Ranks.Number;
        if (_rank < 0)
            return;
        byte* start = _recorder.Position;
        *(int*)(start + 4) = _rank;
        Volatile.Write(ref *(uint*)start, TraceFormat.Head(RankSize, RecordKind.Rank));
        _recorder.Position = start + RankSize;
    }
}
