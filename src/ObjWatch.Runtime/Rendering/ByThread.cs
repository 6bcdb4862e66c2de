using System.Collections.Generic;
using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>The records of the first thread, then those of the second, and so on. Holds no records back in memory: they wait in the trace.</summary>
internal sealed class ByThread : IRecordSource
{
    private const uint First = 1;

    private readonly TraceReader _reader;
    private readonly bool _early;

    /// <param name="reader">The trace.</param>
    /// <param name="early">Whether the first thread's records are handed out while more are to come.</param>
    public ByThread(TraceReader reader, bool early)
    {
        _reader = reader;
        _early = early;
    }

    public void Read(IRecordVisitor visitor, ulong watermark, bool last)
    {
        if (!last && !_early)
            return;
        foreach (TraceStream stream in InOrder(_reader))
        {
            if (last || stream.Number == First)
                Read(stream, visitor, watermark);
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
    public static void Read(TraceStream stream, IRecordVisitor visitor, ulong watermark)
    {
        while (stream.TryRead() && stream.Time <= watermark)
        {
            visitor.Visit(stream, stream.Record);
            stream.Advance();
        }
    }
}
