using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Cli;

/// <summary>
/// Aligns the clocks of several processes. Those of one machine share a clock, which needs nothing. Machines are aligned at the barrier
/// that the ranks passed together at their start, or, where there was none, by the times of day that they took their traces to begin at.
/// </summary>
internal static class ClockAlignment
{
    private const double MillisecondsPerSecond = 1000;

    /// <summary>Gives the traces one clock.</summary>
    /// <returns>What was done, and how far off the result may be.</returns>
    public static string Align(IReadOnlyList<RankTrace> traces)
    {
        List<IGrouping<string, RankTrace>> machines = traces
            .Select((trace, index) =>
                (Trace: trace, Clock: trace.Clock.Length == 0 ? index.ToString(CultureInfo.InvariantCulture) : trace.Clock))
            .GroupBy(pair => pair.Clock, pair => pair.Trace).ToList();
        RankTrace reference = Representative(machines[0]);
        Dictionary<RankTrace, ClockShift> shifts = machines[0].ToDictionary(trace => trace, _ => ClockShift.None);
        double error = reference.BarrierSeconds;
        var byTime = new List<string>();
        foreach (IGrouping<string, RankTrace> machine in machines.Skip(1))
        {
            RankTrace representative = Representative(machine);
            ClockShift shift = Between(representative, reference, out bool byBarrier);
            foreach (RankTrace trace in machine)
                shifts.Add(trace, shift);
            if (byBarrier)
                error = Math.Max(error, representative.BarrierSeconds);
            else
                byTime.AddRange(machine.Select(trace => trace.Path));
        }

        Share(shifts, reference.Reader.Header.Frequency);
        if (machines.Count == 1)
            return "clocks: all ranks ran on one machine, whose clock they share: nothing to align";
        return byTime.Count == 0
            ? string.Create(CultureInfo.InvariantCulture,
                $"clocks: aligned at the start barrier; there, they are at most {error * MillisecondsPerSecond:0.000} ms off")
            : "clocks: aligned by the machines' times of day, because there was no start barrier; they are as far off as these are: "
            + string.Join(", ", byTime);
    }

    /// <summary>Times count from when the first trace began.</summary>
    private static void Share(Dictionary<RankTrace, ClockShift> shifts, ulong frequency)
    {
        (ulong start, DateTime startTime) = shifts
            .Select(pair => (pair.Value.Align(pair.Key.Reader.Header.StartTicks), pair.Key.Reader.Header.StartTime)).Min();
        foreach ((RankTrace trace, ClockShift shift) in shifts)
            trace.Reader.Clock = new TraceClock(shift, start, frequency, startTime);
    }

    private static ClockShift Between(RankTrace trace, RankTrace reference, out bool byBarrier)
    {
        TraceHeader header = trace.Reader.Header;
        TraceHeader other = reference.Reader.Header;
        double rate = other.Frequency / (double)header.Frequency;
        byBarrier = trace.Barrier is not null && reference.Barrier is not null;
        if (byBarrier)
            return new ClockShift(trace.Barrier!.Value.Left, reference.Barrier!.Value.Left, rate);
        double seconds = (header.StartTime - other.StartTime).TotalSeconds;
        return new ClockShift(header.StartTicks, (ulong)(long)(other.StartTicks + seconds * other.Frequency), rate);
    }

    /// <summary>The trace of a machine that was in the barrier for the shortest time: it tells best when the barrier was passed.</summary>
    private static RankTrace Representative(IEnumerable<RankTrace> machine) => machine.MinBy(trace => trace.BarrierSeconds)!;
}
