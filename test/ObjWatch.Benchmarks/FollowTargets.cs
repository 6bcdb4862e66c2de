using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>How long after an event of one process its line comes out of <c>objwatch log -f</c>, which is another.</summary>
internal static class FollowTargets
{
    /// <summary>How many events are waited for.</summary>
    public const int Events = 50;

    private const double Milliseconds = 100;
    private const string Event = "upd Clock._ticks ";

    // Events come singly, and at no fixed place between two looks of the reader. Both processes have the same clock, so each event says
    // when it happened.
    private const string Source = """
        using System;
        using System.Diagnostics;
        using System.Threading;

        public sealed class Clock
        {
            private long _ticks;

            public void Note() => _ticks = Stopwatch.GetTimestamp();

            public static void Main(string[] arguments)
            {
                var clock = new Clock();
                Console.In.ReadLine();
                for (int i = 0, count = int.Parse(arguments[0]); i < count; i++)
                {
                    Thread.Sleep(30 + i * 13 % 23);
                    clock.Note();
                }
            }
        }
        """;

    public static IEnumerable<TargetRow> Measure()
    {
        double[] latencies = Latencies(Events);
        yield return new TargetRow("line of log -f behind its event, median", Rounds.Median(latencies), "the limit", Milliseconds, "ms", 1);
        yield return new TargetRow(FormattableString.Invariant($"the same, worst of {Events}"), latencies.Max(), "the limit", Milliseconds,
            "ms", 1);
    }

    /// <summary>Prints how late each line is.</summary>
    public static int Print(TextWriter output, int events)
    {
        double[] latencies = [.. Latencies(events).Order()];
        foreach ((string name, double part) in new[] { ("least", 0), ("median", 0.5), ("9 of 10", 0.9), ("worst", 1) })
            output.WriteLine(FormattableString.Invariant($"{name,-8} {latencies[(int)((latencies.Length - 1) * part)],6:0.0} ms"));
        return latencies[^1] <= Milliseconds ? 0 : 1;
    }

    private static double[] Latencies(int events)
    {
        using var directory = new TemporaryDirectory();
        string trace = directory["clock.objtrace"];
        var program = new WovenProgram("Ticking", Source, "*", directory["program"]);
        using Process traced =
            ChildProcesses.Start(program.Command(events.ToString(CultureInfo.InvariantCulture)), WovenProgram.Recording(trace));
        using Process follow = Follow(traced, trace);
        var latencies = new List<double>();
        while (follow.StandardOutput.ReadLine() is { } line)
        {
            long seen = Stopwatch.GetTimestamp();
            int place = line.IndexOf(Event, StringComparison.Ordinal);
            if (place >= 0)
                latencies.Add(Stopwatch.GetElapsedTime(NewValue(line[(place + Event.Length)..]), seen).TotalMilliseconds);
        }

        follow.WaitForExit();
        traced.WaitForExit();
        return latencies.Count == events
            ? [.. latencies] : throw new InvalidOperationException($"{latencies.Count} of {events} events were shown");
    }

    /// <summary>Lets the program begin when its first line is there: what the start of two processes takes is not what is
    /// measured.</summary>
    private static Process Follow(Process traced, string trace)
    {
        while (!File.Exists(trace) && !traced.HasExited)
            Thread.Sleep(1);
        if (traced.HasExited)
            throw new InvalidOperationException("the traced program could not begin");
        Process follow = ChildProcesses.Start(WovenProgram.ObjWatch("log", "-f", "--no-header", trace));
        follow.StandardOutput.ReadLine();
        traced.StandardInput.WriteLine();
        return follow;
    }

    // "OLD -> NEW #1"
    private static long NewValue(string change) => long.Parse(change.Split(' ')[2], CultureInfo.InvariantCulture);
}
