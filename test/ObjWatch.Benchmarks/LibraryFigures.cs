using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Benchmarks;

/// <summary>What weaving everything in each library of the differential suite takes and makes, and what it costs the library's driver; in processor time.</summary>
internal static partial class LibraryFigures
{
    private const int Rounds = 3;
    private const int Children = -1; // RUSAGE_CHILDREN

    private static readonly (string Driver, string File)[] _libraries =
    [
        ("NewtonsoftJson", "Newtonsoft.Json.dll"), ("Humanizer", "Humanizer.dll"), ("Cecil", "Mono.Cecil.dll"), ("CsCheck", "CsCheck.dll"), ("NUnit", "nunit.framework.dll"),
        ("Parquet", "Parquet.dll"), ("Protobuf", "Google.Protobuf.dll"), ("Serilog", "Serilog.dll"), ("SpectreConsole", "Spectre.Console.dll"),
        ("FSharpCore", "FSharp.Core.dll"), ("Decompiler", "ICSharpCode.Decompiler.dll"), ("CodeAnalysis", "Microsoft.CodeAnalysis.CSharp.dll"),
    ];

    /// <summary>The libraries, as the drivers run them.</summary>
    public static IEnumerable<string> Paths => _libraries.Select(library => Path.Combine(AppContext.BaseDirectory, "Programs", "Drivers." + library.Driver, library.File));

    /// <summary>Prints a table, and below it the geometric means of its ratios.</summary>
    /// <returns>The exit code.</returns>
    public static int Print(TextWriter output)
    {
        var weaving = new List<double>();
        var off = new List<double>();
        output.WriteLine("| library | weave ms | Cecil ms | ratio | KB | woven KB | woven methods | left | driver ms | woven, off | traced |");
        output.WriteLine("|---|---:|---:|---:|---:|---:|---:|---|---:|---:|---:|");
        foreach ((string driver, string file) in _libraries)
        {
            using var directory = new TemporaryDirectory();
            string plain = Path.Combine(AppContext.BaseDirectory, "Programs", "Drivers." + driver);
            string library = Path.Combine(plain, file);
            string woven = directory["woven.dll"];
            WeaveResult result = Weave(library, woven);
            double weave = Best(Rounds, () => OwnTime(() => Weave(library, woven)));
            double copy = Best(Rounds, () => OwnTime(() => WeaveTargets.ReadAndWrite(library, directory["copy.dll"])));
            string wovenDriver = Deploy(plain, directory["driver"], woven, file);
            double[] runs = [Best(Rounds, () => Run(plain, driver, "0")), Best(Rounds, () => Run(wovenDriver, driver, "0")), Run(wovenDriver, driver, null)];
            weaving.Add(weave / copy);
            off.Add(runs[1] / runs[0]);
            string left = string.Join(", ", result.Methods.Where(method => !method.Woven).GroupBy(method => method.Reason).OrderByDescending(group => group.Count()).Select(group => $"{group.Count()} {group.Key}"));
            output.WriteLine(FormattableString.Invariant(
                $"| {file} | {weave:0} | {copy:0} | {weave / copy:0.0} | {new FileInfo(library).Length / 1024} | {new FileInfo(woven).Length / 1024} | {result.Methods.Count(method => method.Woven)} | {left} | {runs[0]:0} | {runs[1] / runs[0]:0.00} | {runs[2] / runs[0]:0.0} |"));
            output.Flush();
        }

        output.WriteLine(FormattableString.Invariant($"geometric means: weaving {Mean(weaving):0.0} times Cecil's read and write; woven but off {Mean(off):0.00} times unwoven"));
        return 0;
    }

    /// <summary>Weaves a library with everything selected.</summary>
    public static WeaveResult Weave(string library, string woven) => new AssemblyWeaver().Weave(new WeaveRequest
    {
        AssemblyPath = library,
        OutputPath = woven,
        RuntimePath = typeof(Probe).Assembly.Location,
        References = [.. Framework.ReferenceAssemblies(), .. Directory.GetFiles(Path.GetDirectoryName(library)!, "*.dll").Where(path => path != library)],
        Targets = "*",
        Locals = true,
    });

    // Without deps.json a program loads whatever lies beside it, the runtime library too.
    private static string Deploy(string plain, string target, string woven, string file)
    {
        Directory.CreateDirectory(target);
        foreach (string path in Directory.GetFiles(plain).Where(path => !path.EndsWith(".deps.json", StringComparison.Ordinal)))
            File.Copy(path, Path.Combine(target, Path.GetFileName(path)));
        File.Copy(woven, Path.Combine(target, file), overwrite: true);
        foreach (string name in new[] { "ObjWatch.Runtime.dll", "Microsoft.Extensions.Logging.Abstractions.dll" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(target, name), overwrite: true);
        return target;
    }

    private static double Run(string folder, string driver, string? objWatch)
    {
        string trace = Path.Combine(folder, "run.objtrace");
        double before = ChildrensTime();
        ProcessResult result = ProgramRunner.Run(
            Path.Combine(folder, $"Drivers.{driver}.dll"), environment: new Dictionary<string, string?> { ["OBJWATCH"] = objWatch, ["OBJWATCH_OUTPUT"] = trace }, timeout: TimeSpan.FromMinutes(15));
        double time = ChildrensTime() - before;
        File.Delete(trace);
        return result.ExitCode == 0 ? time : throw new InvalidOperationException(result.Error);
    }

    private static double Best(int rounds, Func<double> measure) => Enumerable.Range(0, rounds).Min(_ => measure());

    private static double OwnTime(Action work)
    {
        using var process = Process.GetCurrentProcess();
        double before = process.TotalProcessorTime.TotalMilliseconds;
        work();
        process.Refresh();
        return process.TotalProcessorTime.TotalMilliseconds - before;
    }

    private static double ChildrensTime()
    {
        long[] usage = new long[18]; // struct rusage: user and system time, each in seconds and microseconds, come first
        if (GetUsage(Children, usage) != 0)
            throw new PlatformNotSupportedException("getrusage");
        return (usage[0] + usage[2]) * 1000.0 + (usage[1] + usage[3]) / 1000.0;
    }

    /// <summary>The geometric mean.</summary>
    public static double Mean(List<double> ratios) => Math.Exp(ratios.Average(Math.Log));

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, [Out] long[] usage);
}
