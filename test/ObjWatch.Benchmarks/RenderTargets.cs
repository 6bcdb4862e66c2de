using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Benchmarks.Alternatives;
using ObjWatch.Testing;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Benchmarks;

/// <summary>How fast a recorded trace becomes text, on one core, beside writing the lines by hand.</summary>
internal static class RenderTargets
{
    private const int Calls = 500_000;
    private const int EventsPerCall = 4;
    private const int RoundCount = 5;

    public static IEnumerable<TargetRow> Measure()
    {
        using var directory = new TemporaryDirectory();
        using var hot = new HotCode();
        using (hot.Trace())
            hot.Add(Calls);
        long events = 0;
        void Rendered()
        {
            using FileStream output = File.Create(directory["text.objwatch"]);
            events = Render(hot.TracePath, output);
        }

        void ByHand()
        {
            using var log = new LineLog(directory["hand.log"]);
            new TextAdder(log).Work(Calls);
        }

        Rounds.WarmUp(Rendered);
        Rounds.WarmUp(ByHand);
        double[] times = Rounds.Medians(
            RoundCount, () => ThreadClock.Measure(_ => Rendered(), 1), () => ThreadClock.Measure(_ => ByHand(), Calls * EventsPerCall));
        yield return new TargetRow("text of one event of Add(int)", times[0] / events, "hand-written line of the same", times[1], "ns", 1);
    }

    private static long Render(string trace, Stream output)
    {
        using var reader = new TraceReader(trace, growing: false);
        var renderer = new TextRenderer(reader, output);
        new EventMerger(reader).Merge(renderer);
        renderer.Flush();
        return renderer.Events;
    }
}
