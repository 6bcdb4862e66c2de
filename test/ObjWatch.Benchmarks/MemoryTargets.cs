using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace ObjWatch.Benchmarks;

/// <summary>How much memory it takes to record many events: the resident set beyond what the process had.</summary>
internal static class MemoryTargets
{
    private const double Mebi = 1024 * 1024;
    private const int Step = 1_000_000;

    public static IEnumerable<TargetRow> Measure() => [Measure(20 * Step).Row];

    /// <summary>Records so many events and prints what it took.</summary>
    public static int Print(TextWriter output, int events)
    {
        (TargetRow row, double nanoseconds, long bytes) = Measure(events);
        output.WriteLine(row);
        output.WriteLine(
            FormattableString.Invariant($"{events:N0} events: {nanoseconds:F1} ns each on the clock, a trace of {bytes / Mebi:N0} MiB"));
        return row.IsMet ? 0 : 1;
    }

    private static (TargetRow Row, double Nanoseconds, long Bytes) Measure(int events)
    {
        using var hot = new HotCode();
        long before = Resident();
        long most = before;
        double nanoseconds;
        using (hot.Trace())
        {
            long start = Stopwatch.GetTimestamp();
            for (int done = 0; done < events; done += Step)
            {
                hot.Store(Step);
                most = Math.Max(most, Resident());
            }

            nanoseconds = Stopwatch.GetElapsedTime(start).TotalNanoseconds / events;
        }

        long bytes = new FileInfo(hot.TracePath).Length;
        var row =
            new TargetRow(FormattableString.Invariant($"memory, recording {events / 1e6:F0} million upd"), (most - before) / Mebi,
                "the limit", 128, "MB", 1);
        return (row, nanoseconds, bytes);
    }

    private static long Resident()
    {
        using var process = Process.GetCurrentProcess();
        return process.WorkingSet64;
    }
}
