using System.Collections.Generic;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>The records of the first thread, then those of the second, and so on, one trace after the other. Holds no records back in
/// memory: they wait in the trace.</summary>
internal sealed class ByThread : IRecordSource
{
    private const uint First = 1;

    private readonly IReadOnlyList<TraceReader> _readers;
    private readonly bool _early;

    /// <param name="readers">The traces.</param>
    /// <param name="early">Whether the first thread's records are handed out while more are to come.</param>
    public ByThread(IReadOnlyList<TraceReader> readers, bool early)
    {
        _readers = readers;
        _early = early;
        for (int i = 0; i < readers.Count; i++)
            readers[i].Index = i;
    }

    public void Read(IEventSink visitor, ulong watermark, bool last)
    {
        if (!last && !_early)
            return;
        foreach (TraceReader reader in _readers)
        {
            foreach (TraceStream stream in InOrder(reader))
            {
                if (last || (reader.Index == 0 && stream.Number == First))
                    Read(stream, visitor, watermark);
            }
        }
    }

    /// <summary>The streams of a trace as they follow each other.</summary>
    public static List<TraceStream> InOrder(TraceReader reader)
    {
        var streams = new List<TraceStream>(reader.Streams);
        streams.Sort(static (left, right) => left.Number.CompareTo(right.Number));
        return streams;
    }

    /// <summary>Hands out the records of one stream.</summary>
    public static void Read(TraceStream stream, IEventSink visitor, ulong watermark)
    {
        while (stream.TryRead() && stream.Time <= watermark)
        {
            visitor.Visit(stream.Event);
            stream.Advance();
        }
    }
}
