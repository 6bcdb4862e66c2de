using System;
using System.Collections.Generic;

namespace ObjWatch.Benchmarks;

/// <summary>What recording one event costs the thread that raises it.</summary>
internal static class EventTargets
{
    private const double NanosecondsPerMillisecond = 1e6;

    /// <summary>Measures bursts, which the recorder has room for, and a load that lasts, which waits for the disk.</summary>
    public static IEnumerable<TargetRow> Measure()
    {
        using var hot = new HotCode();
        using var comparisons = new Comparisons();
        return [.. Measure(hot, comparisons, "in bursts", count: 2_000, rounds: 301), .. Measure(hot, comparisons, "sustained", count: 500_000, rounds: 9)];
    }

    private static IEnumerable<TargetRow> Measure(HotCode hot, Comparisons comparisons, string how, int count, int rounds)
    {
        double[] times;
        using (hot.Trace())
        {
            times = Array.ConvertAll(
                Rounds.Medians(
                    rounds,
                    () => hot.Store(count),
                    () => comparisons.StoreBytes(count),
                    () => hot.Call(count),
                    () => Comparisons.TwoTimestamps(count),
                    () => comparisons.WriteLine(count)),
                milliseconds => milliseconds * NanosecondsPerMillisecond / count);
        }

        yield return new TargetRow($"upd of an int field, {how}", times[0], "store of 32 bytes", times[1], "ns", 4);
        yield return new TargetRow($"run and end of int M(int), {how}", times[2], "two Stopwatch.GetTimestamp", times[3], "ns", 1.6);
        yield return new TargetRow($"one upd, {how}", times[0], "StreamWriter line under a lock", times[4], "ns", 0.25);
        yield return new TargetRow($"half of run and end, {how}", times[2] / 2, "StreamWriter line under a lock", times[4], "ns", 0.25);
    }
}
