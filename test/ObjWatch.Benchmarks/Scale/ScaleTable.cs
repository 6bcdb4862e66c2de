using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks.Scale;

/// <summary>Many threads, many methods, many events: that nothing is missing, and what it takes. A trace is deleted as soon as it has been
/// looked at.</summary>
internal sealed class ScaleTable
{
    private const double Mega = 1e6;
    private const int Calls = 400_000;
    private const int ShortThreads = 2_000;
    private const int CallsOfShortThread = 200;
    private const long FewEvents = 5_000_000;

    private static readonly int[] _threads = [1, 2, 8, 64, 500];

    // The second one makes a trace of more than 10 GB.
    private static readonly long[] _events = [100_000_000, 300_000_000];

    private readonly TextWriter _output;
    private readonly List<string> _readings = [];
    private bool _complete = true;

    private ScaleTable(TextWriter output) => _output = output;

    /// <summary>Measures and prints one row for each.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="events">How many events the long traces have, for others than the usual ones.</param>
    /// <returns>The exit code: 1 when a trace does not have the events that were raised.</returns>
    public static int Print(TextWriter output, IReadOnlyCollection<long> events)
    {
        var table = new ScaleTable(output);
        table.Measure(events.Count > 0 ? events : _events);
        return table._complete ? 0 : 1;
    }

    private void Measure(IEnumerable<long> events)
    {
        using var directory = new TemporaryDirectory();
        _output.WriteLine("| recorded | events | MB | bytes of an event | ns of an event, on the clock | ns, processor | peak MiB |");
        _output.WriteLine("|---|---:|---:|---:|---:|---:|---:|");
        var program = new ScaleProgram(directory.Path);
        foreach (int threads in _threads)
            Count(threads == 1 ? "`Add(int)` by one thread"
                : FormattableString.Invariant($"`Add(int)` by {threads} threads at the same time"), program.Call(threads, Calls / threads));
        Count(FormattableString.Invariant($"`Add(int)` by {ShortThreads:N0} threads, one after the other"),
            program.Churn(ShortThreads, CallsOfShortThread));
        var methods = new ManyMethods(directory.Path);
        Count(FormattableString.Invariant($"{methods.Woven:N0} methods, each called a few times"), methods.Run());
        foreach (long count in events)
            Count("`upd` of a `long` field", program.Store(count));
        _output.WriteLine();
        _output.WriteLine("| read | seconds, on the clock | processor | million events a second | peak MiB |");
        _output.WriteLine("|---|---:|---:|---:|---:|");
        _readings.ForEach(_output.WriteLine);
    }

    private void Count(string what, RecordedRun run)
    {
        using (run)
        {
            bool isLong = run.Expected > FewEvents;
            ProcessCost info = run.Info(out long events, exact: !isLong);
            string found = events == run.Expected
                ? FormattableString.Invariant($"{events:N0}") : FormattableString.Invariant($"{events:N0} of {run.Expected:N0}");
            _complete &= events == run.Expected;
            _output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {what} | {found} | {run.Bytes / Mega:N0} | {run.Bytes / (double)events:0.0} | {run.ClockNanoseconds:0.0} | "
                + $"{run.ProcessorNanoseconds:0.0} | {run.Cost.PeakMebibytes:0} |"));
            _output.Flush();
            if (!isLong)
                return;
            string trace = FormattableString.Invariant($"{events / Mega:N0} million events, {run.Bytes / Mega / 1000:0.0} GB");
            _readings.Add(Reading("`objwatch info`, " + trace, info, null));
            _readings.Add(Reading("`objwatch log`, every line of it", run.Log(), events));
        }
    }

    private static string Reading(string what, ProcessCost cost, long? events)
    {
        string rate = events is { } all ? FormattableString.Invariant($"{all / cost.Seconds / Mega:0.0}") : "";
        return FormattableString.Invariant(
            $"| {what} | {cost.Seconds:0.00} | {cost.ProcessorSeconds:0.00} | {rate} | {cost.PeakMebibytes:0} |");
    }
}
