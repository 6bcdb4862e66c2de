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
    private const int FewestAhead = TraceSegment.Chunks;
    private const int MostAhead = 8 * TraceSegment.Chunks;

    private readonly FileStream _file;
    private readonly object _ready = new();
    private readonly object _preparing = new();
    private readonly Queue<TraceChunk> _chunks = new();
    private readonly byte[] _zeros = new byte[TraceFormat.ChunkSize];
    private readonly Action<Exception> _failed;
    private long _length = TraceFormat.HeaderSize;
    private long _used = TraceFormat.HeaderSize;
    // How many chunks are kept ready. A program that has had to wait gets more of a start the next time.
    private int _ahead = FewestAhead;
    private volatile bool _ended;

    /// <param name="file">An empty file, for this object alone.</param>
    /// <param name="failed">Called once when no more can be written.</param>
    public TraceWriter(FileStream file, Action<Exception> failed)
    {
        _file = file;
        _failed = failed;
        WriteHeader();
        Prepare();
    }

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
            foreach (TraceChunk chunk in _chunks)
                chunk.Finish();
            _chunks.Clear();
            try
            {
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
                _ahead = Math.Min(2 * _ahead, MostAhead);
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

    private void WriteHeader()
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
                while (!_ended && _chunks.Count >= _ahead)
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
                bool needed;
                using (new Hold(_ready))
                    needed = !_ended && _chunks.Count < enough;
                if (needed)
                    Prepare();
            }
        }
        catch (Exception failure)
        {
            using (new Hold(_ready))
            {
                if (_ended)
                    return;
                _ended = true;
            }

            _failed(failure);
        }
    }

    private void Prepare()
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
                _chunks.Enqueue(new TraceChunk(segment, i, offset + ((i + 1L) * TraceFormat.ChunkSize)));
        }
    }
}
