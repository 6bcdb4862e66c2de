using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Testing;
using ObjWatch.Tool;

namespace ObjWatch.Benchmarks;

/// <summary>
/// What weaving a library takes, beside what no weaver that uses Mono.Cecil can do without: to decode every body it weaves, and to write
/// what comes of it.
/// </summary>
/// <remarks>
/// All warm, in one process, without garbage collections, as the tool does it: what a collection costs depends on what else the
/// process holds. Processor time, the best of some rounds.
/// </remarks>
internal static class WeaveFloors
{
    private const int RoundCount = 7;
    private const int WarmUpRounds = 40;

    /// <summary>Prints a table, and below it the geometric means of its ratios.</summary>
    /// <param name="output">Where to.</param>
    /// <param name="filter">Part of the file name of the libraries.</param>
    /// <returns>The exit code.</returns>
    public static int Print(TextWriter output, string filter)
    {
        WarmUp();
        output.WriteLine(
            "| library | Cecil copies ms | decodes and copies | copies the woven one, decoded | weave | of copy | of the last | KB | "
            + "woven KB |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---:|---:|");
        var ofCopy = new List<double>();
        var ofFloor = new List<double>();
        foreach (
            LibraryDriver driver in LibraryDriver.All.Where(driver => driver.File.Contains(filter, StringComparison.OrdinalIgnoreCase)))
        {
            string library = driver.Library;
            using var directory = new TemporaryDirectory();
            string woven = directory["woven.dll"];
            double weave = Best(library, () => driver.Weave(woven));
            double copy = Best(library, () => Copy(library, directory["copy.dll"], decode: false));
            double decoded = Best(library, () => Copy(library, directory["copy.dll"], decode: true));
            double floor = Best(woven, () => Copy(woven, directory["copy.dll"], decode: true));
            ofCopy.Add(weave / copy);
            ofFloor.Add(weave / floor);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"| {Path.GetFileName(library)} | {copy:0} | {decoded:0} | {floor:0} | {weave:0} | {weave / copy:0.0} | "
                + $"{weave / floor:0.00} | {new FileInfo(library).Length / 1024} | {new FileInfo(woven).Length / 1024} |"));
            output.Flush();
        }

        output.WriteLine(
            string.Create(CultureInfo.InvariantCulture,
                $"geometric means: {LibraryFigures.Mean(ofCopy):0.0} times Cecil's copy, {LibraryFigures.Mean(ofFloor):0.00} times its "
                + $"copy of the woven library"));
        return 0;
    }

    /// <summary>Processor time of the process, in milliseconds: the weaver has a thread of its own.</summary>
    /// <param name="assembly">The assembly that is read; collections are postponed for one of its size, as the tool does it.</param>
    /// <param name="work">What is measured.</param>
    public static double ProcessorTime(string assembly, Action work)
    {
        GC.Collect();
        using var collections = new PostponedCollections(assembly);
        TimeSpan before = Environment.CpuUsage.TotalTime;
        work();
        return (Environment.CpuUsage.TotalTime - before).TotalMilliseconds;
    }

    /// <summary>Until the weaver and Mono.Cecil have been compiled for good: compiling them counts as processor time too.</summary>
    public static void WarmUp()
    {
        using var directory = new TemporaryDirectory();
        LibraryDriver driver = LibraryDriver.All.Single(driver => driver.File == "Serilog.dll");
        for (int i = 0; i < WarmUpRounds; i++)
        {
            driver.Weave(directory["woven.dll"]);
            Copy(driver.Library, directory["copy.dll"], decode: true);
        }
    }

    private static double Best(string assembly, Action work)
    {
        work();
        return Enumerable.Range(0, RoundCount).Min(_ => ProcessorTime(assembly, work));
    }

    private static void Copy(string library, string target, bool decode)
    {
        using var module = ModuleDefinition.ReadModule(library, new ReaderParameters { InMemory = true });
        if (decode)
        {
            foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.HasBody))
                _ = method.Body.Instructions;
        }

        module.Write(target);
    }
}
