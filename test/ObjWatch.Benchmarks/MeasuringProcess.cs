using System;
using System.Collections.Generic;
using System.Diagnostics;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>
/// A process of its own for what measures, so that a table stands alone: the recorder tells on the process's standard error itself where
/// each trace is, and so does each traced program.
/// </summary>
internal static class MeasuringProcess
{
    /// <summary>In front of a command that is to be measured in this process.</summary>
    public const string Here = "here";

    // A target was missed, or there is no such group: the table says so.
    private const int LastOrdinaryCode = 2;

    /// <summary>Runs a command in a process of its own, whose standard output is this one's. What it said on its standard error is shown
    /// when it failed, and always where figures are worth nothing because events were not recorded.</summary>
    /// <returns>Its exit code.</returns>
    public static int Run(string[] command)
    {
        string[] start = [typeof(MeasuringProcess).Assembly.Location, Here, .. command];
        using Process process = Process.Start(new ProcessStartInfo(Framework.Host, start) { RedirectStandardError = true })!;
        var said = new List<string>();
        while (process.StandardError.ReadLine() is { } line)
            said.Add(line);
        process.WaitForExit();
        bool failed = process.ExitCode is < 0 or > LastOrdinaryCode;
        foreach (string line in said)
        {
            if (failed || line.Contains("error OBJW", StringComparison.Ordinal))
                Console.Error.WriteLine(line);
        }

        return process.ExitCode;
    }
}
