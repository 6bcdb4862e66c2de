using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Benchmarks;

/// <summary>What weaving everything in each library of the differential suite takes and makes, and what it costs the library's driver; in processor time.</summary>
internal static class LibraryFigures
{
    private const int WeaveRounds = 3;
    private const int RunPairs = 3;
    private const string LastMegabytes = "256"; // of a trace: the large libraries make tens of millions of events
    private static readonly TimeSpan TracedLimit = TimeSpan.FromMinutes(5);

    /// <summary>Prints a table, and below it the geometric means of its ratios.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="filter">Only libraries whose file name contains it.</param>
    /// <returns>The exit code: 1 when a library could not be measured.</returns>
    public static int Print(TextWriter output, string filter)
    {
        var weaving = new List<double>();
        var off = new List<double>();
        var traced = new List<double>();
        int failed = 0;
        WeaveFloors.WarmUp();
        output.WriteLine("| library | weave ms | Cecil ms | ratio | KB | woven KB | woven methods | left | driver ms | woven, off | traced |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---|---:|---:|---:|");
        foreach (LibraryDriver driver in LibraryDriver.All.Where(driver => driver.File.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            try
            {
                PrintRow(output, driver, weaving, off, traced);
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or IOException)
            {
                output.WriteLine($"| {driver.File} | {failure.Message.ReplaceLineEndings(" ")} |");
                failed++;
            }

            output.Flush();
        }

        output.WriteLine(FormattableString.Invariant(
            $"geometric means of {off.Count} libraries: weaving {Mean(weaving):0.0} times Cecil's read and write; woven but off {Mean(off):0.000} times unwoven; traced {Mean(traced):0.0} times"));
        return failed == 0 ? 0 : 1;
    }

    private static void PrintRow(TextWriter output, LibraryDriver driver, List<double> weaving, List<double> off, List<double> traced)
    {
        using var directory = new TemporaryDirectory();
        string woven = directory["woven.dll"];
        WeaveResult result = driver.Weave(woven);
        double weave = Best(() => WeaveFloors.ProcessorTime(() => driver.Weave(woven)));
        double copy = Best(() => WeaveFloors.ProcessorTime(() => WeaveTargets.ReadAndWrite(driver.Library, directory["copy.dll"])));
        string wovenDriver = driver.Deploy(directory["woven"], woven);
        string plainDriver = driver.Deploy(directory["plain"]);
        double[] runs = Rounds.Medians(RunPairs, () => driver.RunOff(wovenDriver), () => driver.RunOff(plainDriver));
        string tracedRatio = $"over {TracedLimit.TotalMinutes:0} minutes";
        try
        {
            var environment = new Dictionary<string, string?> { ["OBJWATCH_OUTPUT"] = directory["run.objtrace"], ["OBJWATCH_WHEN_FULL"] = "ring:" + LastMegabytes };
            double time = driver.Run(wovenDriver, environment, TracedLimit);
            traced.Add(time / runs[1]);
            tracedRatio = FormattableString.Invariant($"{time / runs[1]:0.0}");
        }
        catch (TimeoutException)
        {
            // The table says so.
        }

        weaving.Add(weave / copy);
        off.Add(runs[0] / runs[1]);
        string left = string.Join(", ", result.Methods.Where(method => !method.Woven).GroupBy(method => method.Reason).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"));
        output.WriteLine(FormattableString.Invariant(
            $"| {driver.File} | {weave:0} | {copy:0} | {weave / copy:0.0} | {new FileInfo(driver.Library).Length / 1024} | {new FileInfo(woven).Length / 1024} | {result.Methods.Count(method => method.Woven)} | {left} | {runs[1]:0} | {runs[0] / runs[1]:0.00} | {tracedRatio} |"));
    }

    private static double Best(Func<double> measure) => Enumerable.Range(0, WeaveRounds).Min(_ => measure());

    /// <summary>The geometric mean.</summary>
    public static double Mean(List<double> ratios) => ratios.Count == 0 ? double.NaN : Math.Exp(ratios.Average(Math.Log));
}
