using System;
using System.Collections.Generic;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Runtime.Tests;

/// <summary>Counts the ends that come while no run of their thread is open.</summary>
internal sealed class StrayEnds : IRecordVisitor
{
    private readonly Dictionary<uint, int> _open = [];

    public int Count { get; private set; }

    public void Visit(TraceStream stream, ReadOnlySpan<byte> record)
    {
        var kind = (RecordKind)record[2];
        int open = _open.GetValueOrDefault(stream.Number);
        if (kind == RecordKind.Run)
            _open[stream.Number] = open + 1;
        else if (kind is RecordKind.End or RecordKind.Failed && open == 0)
            Count++;
        else if (kind is RecordKind.End or RecordKind.Failed)
            _open[stream.Number] = open - 1;
    }

    public static int In(string trace)
    {
        using var reader = new TraceReader(trace, growing: false);
        var ends = new StrayEnds();
        new EventMerger(reader).Merge(ends);
        return ends.Count;
    }
}
