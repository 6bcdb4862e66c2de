using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using ObjWatch.Testing;

namespace ObjWatch.Survival.Tests;

/// <summary>A process that runs <see cref="SurvivalProgram"/>, and how far it got.</summary>
internal sealed class Subject : IDisposable
{
    private readonly TemporaryDirectory _directory = new();
    private ProcessResult? _result;

    /// <param name="trace">The output that it is told.</param>
    /// <param name="ending">How it ends.</param>
    /// <param name="after">After how many events of all threads.</param>
    /// <param name="most">How many events each thread makes at most. (36 bytes each: this limits what a test writes to the disk.)</param>
    /// <param name="whenFull">What it is told to do when no room is ready.</param>
    /// <param name="prefix">A command that runs it.</param>
    /// <param name="windows">Runs it as a program for Windows, where it is not to run here.</param>
    public Subject(
        string trace, string ending, long after = 50_000, int most = 400_000, string? whenFull = null, string[]? prefix = null,
        WineProgram? windows = null)
    {
        string progress = _directory["progress"];
        Progress = new Progress(progress);
        string[] arguments = [progress, "0", Number(most), ending, Number(after)];
        string[] command = windows?.Command(arguments)
            ?? [.. prefix ?? [], Framework.Host, "exec", typeof(Subject).Assembly.Location, .. arguments];
        var environment = new Dictionary<string, string?>(windows?.Environment ?? [])
            { ["OBJWATCH_OUTPUT"] = trace, ["OBJWATCH_WHEN_FULL"] = whenFull };
        Process = ProgramRunner.StartProcess(command[0], command[1..], environment, _directory.Path);
    }

    public Process Process { get; }

    public Progress Progress { get; }

    /// <summary>Standard error, once the process has ended.</summary>
    public string Errors => _result?.Error ?? "";

    /// <summary>Its last line.</summary>
    public string LastError => _result?.LastErrorLine ?? "";

    /// <summary>Waits until all threads together have got past so many events.</summary>
    public void WaitFor(long events) => Progress.WaitFor(events, () => Process.HasExited);

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int WaitForExit()
    {
        _result ??= Process.Finish();
        return _result.ExitCode;
    }

    /// <summary>Sends a signal.</summary>
    public void Signal(int number) => Process.Signal(number);

    /// <summary>What the system says of the process: <c>T</c> while it is stopped.</summary>
    public char State()
    {
        string stat = File.ReadAllText($"/proc/{Process.Id}/stat");
        return stat[stat.LastIndexOf(')') + 2];
    }

    /// <summary>The files that the process has open.</summary>
    public IEnumerable<(string Path, string Target)> OpenFiles()
    {
        foreach (string path in Directory.GetFiles($"/proc/{Process.Id}/fd"))
        {
            if (File.ResolveLinkTarget(path, returnFinalTarget: false) is { } target)
                yield return (path, target.FullName);
        }
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill(entireProcessTree: true);
        Process.WaitForExit();
        Process.Dispose();
        Progress.Dispose();
        _directory.Dispose();
    }

    private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
