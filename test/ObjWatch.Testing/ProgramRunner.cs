using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Threading.Tasks;

namespace ObjWatch.Testing;

/// <summary>What a child process did.</summary>
/// <param name="ExitCode">Its exit code.</param>
/// <param name="Output">All of its standard output.</param>
/// <param name="Error">All of its standard error.</param>
public sealed record ProcessResult(int ExitCode, string Output, string Error)
{
    /// <summary>The lines of the standard output that are not empty.</summary>
    public string[] OutputLines => Lines(Output);

    /// <summary>The lines of the standard error that are not empty.</summary>
    public string[] ErrorLines => Lines(Error);

    private static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}

/// <summary>Runs programs as child processes of a test.</summary>
public static class ProgramRunner
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(2);

    /// <summary>Runs <c>dotnet assemblyPath arguments</c> and waits for its end.</summary>
    /// <param name="assemblyPath">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or with <see langword="null"/> to remove; the rest is the test's own, without OBJWATCH variables.</param>
    /// <param name="workingDirectory">Where it runs; the test's own working directory by default.</param>
    /// <param name="timeout">When it is killed, which fails the test; two minutes by default.</param>
    public static ProcessResult Run(
        string assemblyPath,
        IEnumerable<string>? arguments = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null,
        TimeSpan? timeout = null) =>
        RunProcess(Framework.Host, [assemblyPath, .. arguments ?? []], environment, workingDirectory, timeout);

    /// <summary>As <see cref="Run"/>, for any executable.</summary>
    /// <exception cref="TimeoutException">The program did not end in time and was killed; the message holds its output so far.</exception>
    public static ProcessResult RunProcess(
        string executable,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null,
        TimeSpan? timeout = null)
    {
        using var process = new Process { StartInfo = StartInfo(executable, arguments, environment, workingDirectory) };
        process.Start();
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        TimeSpan limit = timeout ?? DefaultTimeout;
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{executable} did not end within {limit}:\n{output.GetAwaiter().GetResult()}\n{error.GetAwaiter().GetResult()}");
        }

        return new ProcessResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    private static ProcessStartInfo StartInfo(
        string executable, IEnumerable<string> arguments, IReadOnlyDictionary<string, string?>? environment, string? workingDirectory)
    {
        var start = new ProcessStartInfo(executable)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);

        // What the developer (or the test runner) has set must not decide what a test sees.
        foreach (string name in new List<string>(start.Environment.Keys))
        {
            if (name.StartsWith("OBJWATCH", StringComparison.OrdinalIgnoreCase) || name.StartsWith("MSBUILD", StringComparison.OrdinalIgnoreCase))
                start.Environment.Remove(name);
        }

        foreach (KeyValuePair<string, string?> variable in environment ?? new Dictionary<string, string?>())
            start.Environment[variable.Key] = variable.Value;
        return start;
    }
}
