using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using ObjWatch.Threading;
using ObjWatch.Trace.Format;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Chunks;

/// <summary>
/// A trace being written. Its space is really written before it is mapped, so that a full disk is an error here and never
/// a fault in the program; a background thread does that ahead of need.
/// </summary>
internal sealed class TraceWriter
{
    private readonly FileStream _file;
    private readonly object _ready = new();
    private readonly object _preparing = new();
    private readonly Queue<TraceChunk> _chunks = new();
    private readonly byte[] _zeros = new byte[TraceFormat.ChunkSize];
    private readonly Action<Exception> _failing;
    private readonly Action<Exception> _failed;
    private readonly ChunkRing? _ring;
    private readonly Provision _provision;
    private long _length = TraceFormat.HeaderSize;
    private long _used = TraceFormat.HeaderSize;
    private volatile bool _ended;
    private volatile bool _full;
    private bool _failureTold;

    /// <param name="file">An empty file, for this object alone.</param>
    /// <param name="ringChunks">How many full chunks to keep; 0: all.</param>
    /// <param name="failing">Called once when no more can be written, before the first event is lost. Must not wait.</param>
    /// <param name="failed">Called once after that.</param>
    /// <param name="provision">How many chunks to keep ready.</param>
    public TraceWriter(FileStream file, int ringChunks, Action<Exception> failing, Action<Exception> failed, Provision provision)
    {
        _file = file;
        _ring = ringChunks > 0 ? new ChunkRing(ringChunks) : null;
        _provision = provision;
        _failing = failing;
        _failed = failed;
        WriteHeader(ringChunks);
        PrepareSegment();
    }

    /// <summary>Whether a file can be cut while some of it is mapped. Windows refuses that ("user-mapped section open", 1224).</summary>
    public static bool CanCutMapped => Path.DirectorySeparatorChar == '/';

    /// <summary>Whether it hands out nothing any more.</summary>
    public bool Ended => _ended;

    /// <summary>How many chunks are to be ready now; while <see cref="_ready"/> is held.</summary>
    private int Ahead => _provision.Ahead(ChunksBefore(_used));

    /// <summary>Held while chunks are being prepared: a test that holds it is a disk that does not answer.</summary>
    internal object Preparing => _preparing;

    /// <summary>Starts preparing chunks ahead of need.</summary>
    public void StartPreparing() => new Thread(PrepareAhead) { IsBackground = true, Name = "ObjWatch recorder" }.Start();

    /// <summary>Hands out the next chunk; null when there are no more. A thread that outruns the disk waits here.</summary>
    /// <param name="stream">The stream it belongs to.</param>
    /// <param name="sequence">Which of the stream's chunks it is.</param>
    /// <param name="thread">The thread's number.</param>
    /// <param name="ordinal">How many events the thread has had.</param>
    public TraceChunk? Take(int stream, int sequence, int thread, long ordinal)
    {
        TraceChunk? chunk = null;
        while (!_ended && (chunk = TryTake(stream, sequence, thread, ordinal)) == null)
            PrepareOnDemand(enough: 1);
        return chunk;
    }

    /// <summary>As <see cref="Take"/>, but does not wait: null also while none is ready.</summary>
    public TraceChunk? TakeAtOnce(int stream, int sequence, int thread, long ordinal)
    {
        TraceChunk? chunk = TryTake(stream, sequence, thread, ordinal);
        // Nobody prepares ahead any more where that has failed, so somebody must find out whether it still does.
        if (chunk == null && _full)
            PrepareOnDemand(enough: 1);
        return chunk;
    }

    /// <summary>Hands out nothing more, gives back the space that was prepared in vain, and marks the trace as closed in order.</summary>
    public void Close()
    {
        using (new HeldLock(_ready))
        {
            _ended = true;
            Monitor.PulseAll(_ready);
        }

        using (new HeldLock(_preparing))
        {
            _ring?.Close();
            foreach (TraceChunk chunk in _chunks)
                chunk.Discard();
            _chunks.Clear();
            try
            {
                _file.Position = TraceFormat.ClosedLengthOffset;
                _file.Write(BitConverter.GetBytes(_used), 0, sizeof(long));
                _file.Position = TraceFormat.StateOffset;
                _file.Write(BitConverter.GetBytes(1), 0, sizeof(int));
                _file.SetLength(_used);
            }
            catch (IOException)
            {
                // A thread that still runs may be writing into its chunk, which therefore stays mapped. Where such a file cannot be cut, it
                // keeps its empty chunks: readers pass over them.
            }

            _file.Dispose();
        }
    }

    private TraceChunk? TryTake(int stream, int sequence, int thread, long ordinal)
    {
        using (new HeldLock(_ready))
        {
            if (_ended)
                return null;
            if (_chunks.Count == 0)
            {
                _provision.Waited();
                return null;
            }

            TraceChunk chunk = _chunks.Dequeue();
            _used = Math.Max(_used, chunk.End);
            chunk.Begin(stream, Environment.CurrentManagedThreadId, sequence, thread, Stopwatch.GetTimestamp(), ordinal);
            if (_chunks.Count < Ahead)
                Monitor.PulseAll(_ready);
            return chunk;
        }
    }

    private void WriteHeader(int ringChunks)
    {
        var header = new byte[TraceFormat.HeaderSize];
        using (var writer = new BinaryWriter(new MemoryStream(header)))
        {
            writer.Write(TraceFormat.FileMagic);
            writer.Write(TraceFormat.Version);
            writer.Write((uint)TraceFormat.ChunkSize);
            writer.Write(Stopwatch.Frequency);
            writer.Write(Stopwatch.GetTimestamp());
            writer.Write(DateTime.UtcNow.Ticks);
            using var process = Process.GetCurrentProcess();
            writer.Write(process.Id);
            writer.Write(0);
            writer.Write(ringChunks);
            writer.Write(0);
            writer.Write(process.StartTime.ToUniversalTime().Ticks);
        }

        _file.Write(header, 0, header.Length);
    }

    private void PrepareAhead()
    {
        ThreadRecorder.ExcludeCurrentThread();
        while (true)
        {
            int ahead;
            using (new HeldLock(_ready))
            {
                while (!_ended && (_full || _chunks.Count >= Ahead))
                    Monitor.Wait(_ready);
                if (_ended)
                    return;
                ahead = Ahead;
            }

            PrepareOnDemand(ahead);
        }
    }

    /// <summary>Prepares a segment, unless another thread has seen to it that there are enough chunks.</summary>
    private void PrepareOnDemand(int enough)
    {
        try
        {
            using (new HeldLock(_preparing))
            {
                if (!HasEnough(enough) && !ReuseOldest(enough))
                    PrepareSegment();
                _full = false;
            }
        }
        catch (Exception failure)
        {
            GiveUp(failure);
        }
    }

    private bool HasEnough(int enough)
    {
        using (new HeldLock(_ready))
            return _ended || _chunks.Count >= enough;
    }

    /// <summary>Makes the oldest full chunks of a ring ready.</summary>
    /// <returns>Whether there was one.</returns>
    private bool ReuseOldest(int enough)
    {
        bool any = false;
        while (_ring?.TryReuse() is { } chunk)
        {
            any = true;
            using (new HeldLock(_ready))
                _chunks.Enqueue(chunk);
            if (HasEnough(enough))
                break;
        }

        return any;
    }

    /// <summary>No more can be prepared. Recording stops when what is ready has been used up, unless there is space again by
    /// then.</summary>
    private void GiveUp(Exception failure)
    {
        using (new HeldLock(_ready))
        {
            _full = true;
            if (_ended || _failureTold || _chunks.Count > 0)
                return;
            _failureTold = true;
        }

        _failing(failure);
        using (new HeldLock(_ready))
            _ended = true;
        _failed(failure);
    }

    private void PrepareSegment()
    {
        long offset = _length;
        int chunks;
        using (new HeldLock(_ready))
            chunks = _provision.Together(ChunksBefore(_used));
        _file.Position = offset;
        for (int i = 0; i < chunks; i++)
            _file.Write(_zeros, 0, _zeros.Length);
        var segment = new TraceSegment(_file, offset, chunks);
        _length += (long)chunks * TraceFormat.ChunkSize;
        using (new HeldLock(_ready))
        {
            for (int i = 0; i < chunks; i++)
                _chunks.Enqueue(new TraceChunk(segment, i, offset + ((i + 1L) * TraceFormat.ChunkSize), _ring));
        }
    }

    private static long ChunksBefore(long end) => (end - TraceFormat.HeaderSize) / TraceFormat.ChunkSize;
}
