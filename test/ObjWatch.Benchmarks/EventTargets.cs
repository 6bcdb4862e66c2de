using System;
using System.Collections.Generic;

namespace ObjWatch.Benchmarks;

/// <summary>What recording one event costs the thread that raises it.</summary>
internal static class EventTargets
{
    private const int Count = 500_000;
    private const int RoundCount = 15;
    private const double NanosecondsPerMillisecond = 1e6;

    public static IEnumerable<TargetRow> Measure()
    {
        using var hot = new HotCode();
        using var comparisons = new Comparisons();
        double[] times;
        using (hot.Trace())
        {
            times = Array.ConvertAll(
                Rounds.Medians(
                    RoundCount,
                    () => hot.Store(Count),
                    () => comparisons.StoreBytes(Count),
                    () => hot.Call(Count),
                    () => Comparisons.TwoTimestamps(Count),
                    () => comparisons.WriteLine(Count)),
                milliseconds => milliseconds * NanosecondsPerMillisecond / Count);
        }

        yield return new TargetRow("upd of an int field", times[0], "store of 32 bytes", times[1], "ns", 4);
        yield return new TargetRow("run and end of int M(int)", times[2], "two Stopwatch.GetTimestamp", times[3], "ns", 1.6);
        yield return new TargetRow("one event: upd", times[0], "StreamWriter line under a lock", times[4], "ns", 0.25);
        yield return new TargetRow("one event: half of run and end", times[2] / 2, "StreamWriter line under a lock", times[4], "ns", 0.25);
    }
}
