using System;
using System.Buffers;
using System.Collections.Generic;
using System.Linq;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Cli;

/// <summary>Some chunks of a large trace, evenly spread, that stand for all of those whose headers say how many events they hold.</summary>
internal sealed class ChunkSample
{
    /// <summary>How many chunks are read at most of each kind: 64 MiB.</summary>
    public const int Size = 1024;

    private readonly TraceReader _reader;
    private readonly List<(uint Stream, StreamChunk Chunk)> _sample;
    private readonly List<(uint Stream, StreamChunk Chunk)> _uncounted = [];
    private readonly Dictionary<uint, long> _byThread = [];

    public ChunkSample(TraceReader reader)
    {
        _reader = reader;
        var counted = new List<(uint Stream, StreamChunk Chunk)>();
        long events = 0;
        foreach (TraceStream stream in reader.Streams)
        {
            foreach (StreamChunk chunk in stream.UnreadChunks)
            {
                if (chunk.Events == 0)
                {
                    _uncounted.Add((stream.Number, chunk));
                    continue;
                }

                uint thread = chunk.Thread == 0 ? stream.Number : chunk.Thread;
                _byThread[thread] = _byThread.GetValueOrDefault(thread) + chunk.Events;
                events += chunk.Events;
                counted.Add((stream.Number, chunk));
            }
        }

        _sample = Spread(counted);
        _uncounted = Spread(_uncounted);
        Weight = events / Math.Max(1.0, _sample.Sum(chunk => (double)chunk.Chunk.Events));
    }

    /// <summary>How many events one of the sample stands for.</summary>
    public double Weight { get; }

    /// <summary>How many chunks are read.</summary>
    public int ChunksRead => _sample.Count + _uncounted.Count;

    /// <summary>The events that the headers tell of, by thread.</summary>
    public IEnumerable<KeyValuePair<uint, long>> CountedByThread => _byThread;

    /// <summary>Reads the chunks that threads were writing when the trace ended, or shared.</summary>
    public void ReadUncounted(IEventSink visitor) => Read(_uncounted, visitor);

    /// <summary>Reads the chunks that stand for others.</summary>
    public void ReadSample(IEventSink visitor)
    {
        TraceFile.ReadAtOnce(_sample.Count, Touch);
        Read(_sample, visitor);
    }

    // What it holds is not kept here: the system has it then.
    private void Touch(int index)
    {
        byte[] buffer = ArrayPool<byte>.Shared.Rent(TraceFormat.ChunkSize);
        _reader.File.Read(_sample[index].Chunk.Offset, buffer, 0, TraceFormat.ChunkSize);
        ArrayPool<byte>.Shared.Return(buffer);
    }

    private static List<T> Spread<T>(List<T> all)
    {
        if (all.Count <= Size)
            return all;
        return [.. Enumerable.Range(0, Size).Select(i => all[(int)((long)i * all.Count / Size)])];
    }

    private void Read(List<(uint Stream, StreamChunk Chunk)> chunks, IEventSink visitor)
    {
        foreach ((uint number, StreamChunk chunk) in chunks)
        {
            var stream = new TraceStream(_reader, number, from: chunk.Sequence);
            stream.Add(chunk);
            for (; stream.TryRead(); stream.Advance())
                visitor.Visit(stream.Event);
        }
    }
}
