using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Benchmarks;

/// <summary>What weaving everything in each library of the differential suite takes and makes, and what it costs the library's driver; in
/// processor time where nothing else is said.</summary>
internal static class LibraryFigures
{
    private const int WeaveRounds = 3;
    private const int WholePairs = 7;
    private const int CompiledPairs = 5;
    private const double CompiledTime = 3_000; // milliseconds: after that the JIT has nothing left to do
    private const string LastMegabytes = "256"; // of a trace: the large libraries make tens of millions of events
    private static readonly TimeSpan TracedLimit = TimeSpan.FromMinutes(5);

    /// <summary>Prints a table, and below it the geometric means of its ratios.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="filter">Only libraries whose file name contains it.</param>
    /// <returns>The exit code: 1 when a library could not be measured.</returns>
    public static int Print(TextWriter output, string filter)
    {
        var ratios = new Ratios([], [], [], [], []);
        int failed = 0;
        WeaveFloors.WarmUp();
        output.WriteLine(
            "| library | weave ms | Cecil ms | ratio | KB | woven KB | woven methods | left | whole run ms | woven, off | on the clock "
            + "ms | woven, off | compiled ms | woven, off | traced |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---|---:|---:|---:|---:|---:|---:|---:|");
        foreach (
            LibraryDriver driver in LibraryDriver.All.Where(driver => driver.File.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            try
            {
                PrintRow(output, driver, ratios);
            }
            catch (Exception failure) when (failure is InvalidOperationException or TimeoutException or IOException)
            {
                output.WriteLine($"| {driver.File} | {failure.Message.ReplaceLineEndings(" ")} |");
                failed++;
            }

            output.Flush();
        }

        output.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"geometric means of {ratios.Whole.Count} libraries: weaving {Mean(ratios.Weaving):0.0} times Cecil's read and write; woven "
            + $"but off {Mean(ratios.Whole):0.000} times unwoven as a whole run, {Mean(ratios.Clock):0.000} on the clock, "
            + $"{Mean(ratios.Compiled):0.000} compiled; traced {Mean(ratios.Traced):0.0} times"));
        return failed == 0 ? 0 : 1;
    }

    private static void PrintRow(TextWriter output, LibraryDriver driver, Ratios ratios)
    {
        using var directory = new TemporaryDirectory();
        string woven = directory["woven.dll"];
        WeaveResult result = driver.Weave(woven);
        double weave = Best(() => WeaveFloors.ProcessorTime(driver.Library, () => driver.Weave(woven)));
        double copy =
            Best(() => WeaveFloors.ProcessorTime(driver.Library, () => WeaveTargets.ReadAndWrite(driver.Library, directory["copy.dll"])));
        string wovenDriver = driver.Deploy(directory["woven"], woven);
        string plainDriver = driver.Deploy(directory["plain"]);
        RunningTime[][] runs = Rounds.InTurn(WholePairs, () => driver.RunOff(wovenDriver), () => driver.RunOff(plainDriver));
        double[][] whole = Array.ConvertAll(runs, times => Array.ConvertAll(times, time => time.Processor));
        double[][] clock = Array.ConvertAll(runs, times => Array.ConvertAll(times, time => time.Clock));
        int repetitions = Math.Clamp((int)(CompiledTime / driver.RunCompiled(plainDriver, 10)), 10, 1000);
        double[][] compiled =
            Rounds.InTurn(CompiledPairs, () => driver.RunCompiled(wovenDriver, repetitions),
                () => driver.RunCompiled(plainDriver, repetitions));
        ratios.Weaving.Add(weave / copy);
        ratios.Whole.Add(Rounds.Ratio(whole[0], whole[1]));
        ratios.Clock.Add(Rounds.Ratio(clock[0], clock[1]));
        ratios.Compiled.Add(Rounds.Ratio(compiled[0], compiled[1]));
        double plain = Rounds.Median(whole[1]);
        string left =
            string.Join(", ", result.Methods.Where(method => !method.Woven).GroupBy(method => method.Reason)
                .OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"));
        output.Write(string.Create(CultureInfo.InvariantCulture,
            $"| {driver.File} | {weave:0} | {copy:0} | {weave / copy:0.0} | {new FileInfo(driver.Library).Length / 1024} | "
            + $"{new FileInfo(woven).Length / 1024} | {result.Methods.Count(method => method.Woven)} | {left} | {plain:0} | "
            + $"{ratios.Whole[^1]:0.00} | {Rounds.Median(clock[1]):0} | {ratios.Clock[^1]:0.00} | {Rounds.Median(compiled[1]):0.0} | "
            + $"{ratios.Compiled[^1]:0.00} | "));
        output.Flush();
        output.WriteLine(TracedRatio(driver, wovenDriver, directory["run.objtrace"], plain, ratios) + " |");
    }

    private static string TracedRatio(LibraryDriver driver, string wovenDriver, string trace, double plain, Ratios ratios)
    {
        var environment = new Dictionary<string, string?> { ["OBJWATCH_OUTPUT"] = trace, ["OBJWATCH_WHEN_FULL"] = "ring:" + LastMegabytes };
        try
        {
            double ratio = driver.Run(wovenDriver, environment, TracedLimit).Processor / plain;
            ratios.Traced.Add(ratio);
            return FormattableString.Invariant($"{ratio:0.0}");
        }
        catch (TimeoutException)
        {
            return $"over {TracedLimit.TotalMinutes:0} minutes";
        }
    }

    private static double Best(Func<double> measure) => Enumerable.Range(0, WeaveRounds).Min(_ => measure());

    /// <summary>The geometric mean.</summary>
    public static double Mean(List<double> ratios) => ratios.Count == 0 ? double.NaN : Math.Exp(ratios.Average(Math.Log));

    private sealed record Ratios(List<double> Weaving, List<double> Whole, List<double> Clock, List<double> Compiled, List<double> Traced);
}
