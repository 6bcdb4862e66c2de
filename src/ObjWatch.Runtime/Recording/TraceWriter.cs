using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Threading;
using ObjWatch.Trace;

namespace ObjWatch.Recording;

/// <summary>
/// A trace being written. Its space is really written before it is mapped, so that a full disk is an error here and never
/// a fault in the program; a background thread does that ahead of need.
/// </summary>
internal sealed class TraceWriter
{
    private const int StateOffset = 44;
    private const int ClosedLengthOffset = 64;
    private const int FewestAhead = TraceSegment.Chunks;
    private const int MostAhead = 8 * TraceSegment.Chunks;

    // What is kept ready is taken from what is kept: here the cost of a refill is small, and each chunk has something worth keeping.
    private const int FewChunksOfRing = 16;

    private readonly FileStream _file;
    private readonly object _ready = new();
    private readonly object _preparing = new();
    private readonly Queue<TraceChunk> _chunks = new();
    private readonly byte[] _zeros = new byte[TraceFormat.ChunkSize];
    private readonly Action<Exception> _failing;
    private readonly Action<Exception> _failed;
    private readonly ChunkRing? _ring;
    private long _length = TraceFormat.HeaderSize;
    private long _used = TraceFormat.HeaderSize;
    // How many chunks are kept ready. A program that has had to wait gets more of a start the next time.
    private int _ahead;
    private volatile bool _ended;
    private volatile bool _full;
    private bool _failureTold;

    /// <param name="file">An empty file, for this object alone.</param>
    /// <param name="ringChunks">How many full chunks to keep; 0: all.</param>
    /// <param name="failing">Called once when no more can be written, before the first event is lost. Must not wait.</param>
    /// <param name="failed">Called once after that.</param>
    /// <param name="ahead">MiB to keep ready; a ring keeps fewer.</param>
    public TraceWriter(FileStream file, int ringChunks, Action<Exception> failing, Action<Exception> failed, int ahead = 4)
    {
        _file = file;
        _ring = ringChunks > 0 ? new ChunkRing(ringChunks) : null;
        _ahead = _ring != null ? FewChunksOfRing : Math.Max(FewestAhead, ahead * (1024 * 1024 / TraceFormat.ChunkSize));
        _failing = failing;
        _failed = failed;
        WriteHeader(ringChunks);
        PrepareSegment();
    }

    /// <summary>Whether it hands out nothing any more.</summary>
    public bool Ended => _ended;

    /// <summary>Held while chunks are being prepared: a test that holds it is a disk that does not answer.</summary>
    internal object Preparing => _preparing;

    /// <summary>Starts preparing chunks ahead of need.</summary>
    public void StartPreparing() => new Thread(PrepareAhead) { IsBackground = true, Name = "ObjWatch recorder" }.Start();

    /// <summary>Hands out the next chunk; null when there are no more. A thread that outruns the disk waits here.</summary>
    public TraceChunk? Take(int stream, int sequence, int thread)
    {
        TraceChunk? chunk = null;
        while (!_ended && (chunk = TryTake(stream, sequence, thread)) == null)
            PrepareOnDemand(enough: 1);
        return chunk;
    }

    /// <summary>As <see cref="Take"/>, but does not wait: null also while none is ready.</summary>
    public TraceChunk? TakeAtOnce(int stream, int sequence, int thread)
    {
        TraceChunk? chunk = TryTake(stream, sequence, thread);
        // Nobody prepares ahead any more where that has failed, so somebody must find out whether it still does.
        if (chunk == null && _full)
            PrepareOnDemand(enough: 1);
        return chunk;
    }

    /// <summary>Hands out nothing more, gives back the space that was prepared in vain, and marks the trace as closed in order.</summary>
    public void Close()
    {
        using (new Hold(_ready))
        {
            _ended = true;
            Monitor.PulseAll(_ready);
        }

        using (new Hold(_preparing))
        {
            _ring?.Close();
            foreach (TraceChunk chunk in _chunks)
                chunk.Discard();
            _chunks.Clear();
            try
            {
                _file.Position = ClosedLengthOffset;
                _file.Write(BitConverter.GetBytes(_used), 0, sizeof(long));
                _file.Position = StateOffset;
                _file.Write(BitConverter.GetBytes(1), 0, sizeof(int));
                _file.SetLength(_used);
            }
            catch (IOException)
            {
                // Where a mapped file cannot be cut (Windows), it keeps its empty chunks: readers pass over them.
            }

            _file.Dispose();
        }
    }

    private TraceChunk? TryTake(int stream, int sequence, int thread)
    {
        using (new Hold(_ready))
        {
            if (_ended)
                return null;
            if (_chunks.Count == 0)
            {
                if (_ring == null)
                    _ahead = Math.Min(2 * _ahead, Math.Max(MostAhead, _ahead));
                return null;
            }

            TraceChunk chunk = _chunks.Dequeue();
            _used = Math.Max(_used, chunk.End);
            chunk.Begin(stream, Environment.CurrentManagedThreadId, sequence, thread, Stopwatch.GetTimestamp());
            if (_chunks.Count < _ahead)
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
            using (new Hold(_ready))
            {
                while (!_ended && (_full || _chunks.Count >= _ahead))
                    Monitor.Wait(_ready);
                if (_ended)
                    return;
            }

            PrepareOnDemand(_ahead);
        }
    }

    /// <summary>Prepares a segment, unless another thread has seen to it that there are enough chunks.</summary>
    private void PrepareOnDemand(int enough)
    {
        try
        {
            using (new Hold(_preparing))
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
        using (new Hold(_ready))
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
            using (new Hold(_ready))
                _chunks.Enqueue(chunk);
            if (HasEnough(enough))
                break;
        }

        return any;
    }

    /// <summary>No more can be prepared. Recording stops when what is ready has been used up, unless there is space again by then.</summary>
    private void GiveUp(Exception failure)
    {
        using (new Hold(_ready))
        {
            _full = true;
            if (_ended || _failureTold || _chunks.Count > 0)
                return;
            _failureTold = true;
        }

        _failing(failure);
        using (new Hold(_ready))
            _ended = true;
        _failed(failure);
    }

    private void PrepareSegment()
    {
        long offset = _length;
        _file.Position = offset;
        for (int i = 0; i < TraceSegment.Chunks; i++)
            _file.Write(_zeros, 0, _zeros.Length);
        var segment = new TraceSegment(_file, offset);
        _length += TraceSegment.Size;
        using (new Hold(_ready))
        {
            for (int i = 0; i < TraceSegment.Chunks; i++)
                _chunks.Enqueue(new TraceChunk(segment, i, offset + ((i + 1L) * TraceFormat.ChunkSize), _ring));
        }
    }
}
