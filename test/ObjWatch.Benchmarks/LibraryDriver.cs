using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using ObjWatch.Testing;
using ObjWatch.Weaver;
using ObjWatch.Woven;

namespace ObjWatch.Benchmarks;

/// <summary>A program that exercises a library of the differential suite, and its copies: one as it was built, one whose library is woven
/// with everything selected.</summary>
/// <remarks>Both copies hold the same files and are started in the same way, so that they differ in what is woven and in nothing
/// else.</remarks>
internal sealed class LibraryDriver
{
    private readonly string _name;

    private LibraryDriver(string name, string file)
    {
        _name = name;
        File = file;
    }

    /// <summary>All of them, the large ones last.</summary>
    public static IReadOnlyList<LibraryDriver> All { get; } =
    [
        new("NewtonsoftJson", "Newtonsoft.Json.dll"), new("Humanizer", "Humanizer.dll"), new("Cecil", "Mono.Cecil.dll"),
            new("CsCheck", "CsCheck.dll"),
        new("NUnit", "nunit.framework.dll"), new("Parquet", "Parquet.dll"), new("Protobuf", "Google.Protobuf.dll"),
        new("Serilog", "Serilog.dll"),
        new("SpectreConsole", "Spectre.Console.dll"), new("FSharpCore", "FSharp.Core.dll"), new("Decompiler", "ICSharpCode.Decompiler.dll"),
        new("CodeAnalysis", "Microsoft.CodeAnalysis.CSharp.dll"),
    ];

    /// <summary>The library's file name.</summary>
    public string File { get; }

    /// <summary>The library as it was built.</summary>
    public string Library => Path.Combine(Built, File);

    private string Built => Path.Combine(AppContext.BaseDirectory, "Programs", "Drivers." + _name);

    /// <summary>Weaves everything in the library, locals too.</summary>
    /// <exception cref="InvalidOperationException">It was not woven.</exception>
    public WeaveResult Weave(string output)
    {
        WeaveResult result = new AssemblyWeaver().Weave(new WeaveRequest
        {
            AssemblyPath = Library,
            OutputPath = output,
            RuntimePath = typeof(Probe).Assembly.Location,
            References = [.. Framework.ReferenceAssemblies(), .. Directory.GetFiles(Built, "*.dll").Where(path => path != Library)],
            Targets = "*",
            Locals = true,
        });
        return result.Outcome == WeaveOutcome.Woven ? result : throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    /// <summary>Copies the program. Without deps.json it loads whatever lies beside it, the runtime library too.</summary>
    /// <param name="target">Where to; the folder is made.</param>
    /// <param name="woven">What takes the library's place, or <see langword="null"/>.</param>
    /// <returns>The folder.</returns>
    public string Deploy(string target, string? woven = null)
    {
        Directory.CreateDirectory(target);
        foreach (string path in Directory.GetFiles(Built).Where(path => !path.EndsWith(".deps.json", StringComparison.Ordinal)))
            System.IO.File.Copy(path, Path.Combine(target, Path.GetFileName(path)));
        if (woven != null)
            System.IO.File.Copy(woven, Path.Combine(target, File), overwrite: true);
        RuntimeLibraries.CopyTo(target);
        return target;
    }

    /// <summary>Runs a copy once.</summary>
    /// <param name="folder">What <see cref="Deploy"/> returned.</param>
    /// <param name="environment">Variables to set.</param>
    /// <param name="timeout">When it is killed.</param>
    /// <returns>What the whole process took.</returns>
    /// <exception cref="TimeoutException">It was killed.</exception>
    public RunningTime Run(string folder, IReadOnlyDictionary<string, string?> environment, TimeSpan timeout)
    {
        double before = ChildProcesses.Time;
        long start = Stopwatch.GetTimestamp();
        _ = Run(folder, [], environment, timeout);
        return new RunningTime(ChildProcesses.Time - before, Stopwatch.GetElapsedTime(start).TotalMilliseconds);
    }

    /// <summary>As <see cref="Run(string, IReadOnlyDictionary{string, string}, TimeSpan)"/>, with tracing off.</summary>
    public RunningTime RunOff(string folder) =>
        Run(folder, new Dictionary<string, string?> { ["OBJWATCH"] = "0" }, TimeSpan.FromMinutes(5));

    /// <summary>Lets a copy repeat its work in one process, tracing off, until all that is hot has been compiled for good.</summary>
    /// <param name="folder">What <see cref="Deploy"/> returned.</param>
    /// <param name="repetitions">How often.</param>
    /// <returns>Milliseconds of processor time of one repetition: the best of the last third, for what disturbs one only ever makes it
    /// longer.</returns>
    public double RunCompiled(string folder, int repetitions)
    {
        ProcessResult result =
            Run(folder, [repetitions.ToString(CultureInfo.InvariantCulture)], new Dictionary<string, string?>
                { ["OBJWATCH"] = "0" }, TimeSpan.FromMinutes(5));
        return result.ErrorLines.Skip(repetitions * 2 / 3).Min(line => double.Parse(line, CultureInfo.InvariantCulture));
    }

    private ProcessResult Run(string folder, string[] arguments, IReadOnlyDictionary<string, string?> environment, TimeSpan timeout)
    {
        ProcessResult result = ProgramRunner.Run(Path.Combine(folder, $"Drivers.{_name}.dll"), arguments, environment, timeout: timeout);
        return result.ExitCode == 0 ? result : throw new InvalidOperationException($"{_name} ended with {result.ExitCode}: {result.Error}");
    }
}
