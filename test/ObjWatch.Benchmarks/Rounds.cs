using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;

namespace ObjWatch.Benchmarks;

/// <summary>Measures things in turn, so that whatever else the machine does hits all of them, and takes the median of each.</summary>
internal static class Rounds
{
    /// <summary>Milliseconds of one round of each action, after one round that does not count.</summary>
    public static double[] Medians(int rounds, params Action[] actions) => Medians(rounds, Array.ConvertAll<Action, Func<double>>(actions, action => () => Time(action)));

    /// <summary>As above, for things that measure themselves.</summary>
    public static double[] Medians(int rounds, params Func<double>[] measurements)
    {
        List<double>[] times = Array.ConvertAll(measurements, _ => new List<double>());
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < measurements.Length; i++)
            {
                double time = measurements[i]();
                if (round >= 0)
                    times[i].Add(time);
            }
        }

        return Array.ConvertAll(times, Median);
    }

    /// <summary>The middle one.</summary>
    public static double Median(IReadOnlyCollection<double> values) => values.Order().ElementAt(values.Count / 2);

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
