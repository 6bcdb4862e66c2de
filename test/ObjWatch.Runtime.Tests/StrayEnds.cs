using System.Collections.Generic;
using ObjWatch.Trace;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Runtime.Tests;

/// <summary>Counts the ends that come while no run of their thread is open.</summary>
internal sealed class StrayEnds : IEventSink
{
    private readonly Dictionary<uint, int> _open = [];

    public int Count { get; private set; }

    public void Visit(RecordedEvent happened)
    {
        int open = _open.GetValueOrDefault(happened.Stream.Number);
        if (happened.Kind == TraceEventKind.MethodEntered)
            _open[happened.Stream.Number] = open + 1;
        else if (happened.Kind == TraceEventKind.MethodLeft && open == 0)
            Count++;
        else if (happened.Kind == TraceEventKind.MethodLeft)
            _open[happened.Stream.Number] = open - 1;
    }

    public static int In(string trace)
    {
        using var reader = new TraceReader(trace, growing: false);
        var ends = new StrayEnds();
        new EventMerger(reader).Merge(ends);
        return ends.Count;
    }
}
