using System;
using System.Collections.Generic;
using ObjWatch.Reading.Tests;

namespace ObjWatch.Cli.Tests;

/// <summary>Traces of ranks that tests merge.</summary>
internal static class RankTraces
{
    /// <summary>Adds the facts of a rank. The rank of the events themselves stays unknown.</summary>
    public static TraceBuilder With(int rank, string clock, TraceBuilder trace)
    {
        trace.Fact("rank", $"{rank}");
        trace.Fact("clock", clock);
        return trace;
    }

    /// <summary>A call at each time, which stores a value.</summary>
    public static TraceBuilder Trace(int rank, string clock, IReadOnlyList<(int Time, int Value)> calls, string? barrier = null)
    {
        TraceBuilder trace = Sample.Trace();
        if (rank >= 0)
            trace.Fact("rank", $"{rank}");
        trace.Fact("clock", clock);
        if (barrier is not null)
            trace.Fact("clock.barrier", barrier);
        StreamBuilder thread = trace.Thread(1);
        if (rank >= 0)
            thread.Rank(rank);
        foreach ((int time, int value) in calls)
        {
            thread.Run(Sample.Increment, (ulong)time, 42, 0, Value.Object(7, Sample.CounterType))
                .Update(Sample.ValueStore, 7, Value.Int(value - 1), Value.Int(value))
                .End(Sample.Increment, (ulong)time + 1, 0, Value.Int(value));
        }

        return trace;
    }

    /// <summary>Calls on two threads at times that differ from seed to seed.</summary>
    public static TraceBuilder Random(int rank, int seed)
    {
        var random = new Random(seed);
        TraceBuilder trace = Trace(rank, "boot a", []);
        for (uint number = 1; number <= 2; number++)
        {
            StreamBuilder thread = trace.Thread(number + 1).Rank(rank);
            // The first thread begins first, so that lines that name no thread yet are its own.
            ulong time = 10 * number;
            for (int i = 0; i < 500; i++)
            {
                thread.Run(Sample.Increment, time += (ulong)random.Next(10), 42, 0, Value.Object(number, Sample.CounterType))
                    .Update(Sample.ValueStore, number, Value.Int(i), Value.Int(i + 1))
                    .End(Sample.Increment, time += (ulong)random.Next(10), 0, Value.Int(i));
            }
        }

        return trace;
    }
}
