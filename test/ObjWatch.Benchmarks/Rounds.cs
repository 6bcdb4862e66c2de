using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Runtime;

namespace ObjWatch.Benchmarks;

/// <summary>Measures things in turn, so that whatever else the machine does hits all of them, and takes the median of each.</summary>
internal static class Rounds
{
    private const int FewMethods = 50;
    private const int QuietWindows = 2;
    private static readonly TimeSpan _window = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan _longest = TimeSpan.FromMinutes(1);

    /// <summary>Repeats an action until its code has been optimised.</summary>
    /// <remarks>
    /// The JIT does that on one thread of its own, in the order in which methods became hot. A process that has run a C# compiler and a
    /// weaver has thousands of them waiting, for many seconds, and what is measured meanwhile is code that has not been optimised.
    /// </remarks>
    public static void WarmUp(Action action)
    {
        long begin = Stopwatch.GetTimestamp();
        for (int quiet = 0; quiet < QuietWindows && Stopwatch.GetElapsedTime(begin) < _longest;)
        {
            long compiled = JitInfo.GetCompiledMethodCount();
            long start = Stopwatch.GetTimestamp();
            do
            {
                action();
            }
            while (Stopwatch.GetElapsedTime(start) < _window);
            quiet = JitInfo.GetCompiledMethodCount() - compiled < FewMethods ? quiet + 1 : 0;
        }
    }

    /// <summary>Milliseconds of one round of each action, after one round that does not count.</summary>
    public static double[] Medians(int rounds, params Action[] actions) =>
        Medians(rounds, Array.ConvertAll<Action, Func<double>>(actions, action => () => Time(action)));

    /// <summary>As above, for things that measure themselves.</summary>
    public static double[] Medians(int rounds, params Func<double>[] measurements) =>
        Array.ConvertAll(InTurn(rounds, measurements), Median);

    /// <summary>How many times the second the first of two takes: the median over rounds in which they stand side by side, because the
    /// machine's speed drifts between rounds.</summary>
    public static double Ratio(IReadOnlyList<double> first, IReadOnlyList<double> second) =>
        Median(first.Zip(second, (one, other) => one / other));

    /// <summary>What each of some measurements gave in each round, after one round that does not count.</summary>
    public static T[][] InTurn<T>(int rounds, params Func<T>[] measurements)
    {
        T[][] results = Array.ConvertAll(measurements, _ => new T[rounds]);
        for (int round = -1; round < rounds; round++)
        {
            for (int i = 0; i < measurements.Length; i++)
            {
                T result = measurements[i]();
                if (round >= 0)
                    results[i][round] = result;
            }
        }

        return results;
    }

    /// <summary>The middle one.</summary>
    public static double Median(IEnumerable<double> values)
    {
        double[] ordered = [.. values.Order()];
        return ordered[ordered.Length / 2];
    }

    private static double Time(Action action)
    {
        long start = Stopwatch.GetTimestamp();
        action();
        return Stopwatch.GetElapsedTime(start).TotalMilliseconds;
    }
}
