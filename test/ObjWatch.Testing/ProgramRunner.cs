using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace ObjWatch.Testing;

/// <summary>Runs programs as child processes of a test.</summary>
public static partial class ProgramRunner
{
    /// <summary>Runs <c>dotnet assemblyPath arguments</c> and waits for its end.</summary>
    /// <param name="assemblyPath">The program.</param>
    /// <param name="arguments">Its arguments.</param>
    /// <param name="environment">Variables to set, or with <see langword="null"/> to remove; the rest is the test's own, without
    /// <see cref="ForeignVariables"/>.</param>
    /// <param name="workingDirectory">Where it runs; the test's own working directory by default.</param>
    /// <param name="timeout">When it is killed, which fails the test; after <see cref="Waiting.Longest"/> by default.</param>
    /// <exception cref="TimeoutException">The program did not end in time and was killed; the message holds its output so far.</exception>
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
        using Process process = StartProcess(executable, arguments, environment, workingDirectory);
        return process.Finish(timeout);
    }

    /// <summary>As <see cref="Run"/>, but the program runs on: the test talks to it, and <see cref="Finish"/> waits for its end.</summary>
    public static Process Start(
        string assemblyPath,
        IEnumerable<string>? arguments = null,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null) =>
        StartProcess(Framework.Host, [assemblyPath, .. arguments ?? []], environment, workingDirectory);

    /// <summary>As <see cref="Start"/>, for any executable.</summary>
    public static Process StartProcess(
        string executable,
        IEnumerable<string> arguments,
        IReadOnlyDictionary<string, string?>? environment = null,
        string? workingDirectory = null)
    {
        // A shell's background job ignores SIGINT, and so would what it starts.
        string[] command = OperatingSystem.IsLinux()
            ? ["env", "--default-signal=HUP,INT,QUIT,TERM", executable, .. arguments] : [executable, .. arguments];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = workingDirectory ?? "",
        };
        foreach (string name in start.Environment.Keys.Where(ForeignVariables.Contain).ToList())
            start.Environment.Remove(name);
        // Some end by a crash, on purpose.
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (KeyValuePair<string, string?> variable in environment ?? new Dictionary<string, string?>())
            start.Environment[variable.Key] = variable.Value;
        return Process.Start(start)!;
    }

    /// <summary>Closes the standard input of a process and waits for its end.</summary>
    /// <param name="process">Started here; nobody else reads its output any more.</param>
    /// <param name="timeout">When it is killed; after <see cref="Waiting.Longest"/> by default.</param>
    /// <exception cref="TimeoutException">The program did not end in time and was killed; the message holds its output so far.</exception>
    public static ProcessResult Finish(this Process process, TimeSpan? timeout = null)
    {
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        TimeSpan limit = timeout ?? Waiting.Longest;
        if (!process.WaitForExit(limit))
        {
            process.Kill(entireProcessTree: true);
            string command = string.Join(' ', process.StartInfo.ArgumentList.Prepend(process.StartInfo.FileName));
            throw new TimeoutException(
                $"{command} did not end within {limit}:\n{output.GetAwaiter().GetResult()}\n{error.GetAwaiter().GetResult()}");
        }

        return new ProcessResult(process.ExitCode, output.GetAwaiter().GetResult(), error.GetAwaiter().GetResult());
    }

    /// <summary>Sends a signal of Unix.</summary>
    /// <param name="process">The process.</param>
    /// <param name="number">The number of the signal on this system.</param>
    /// <exception cref="InvalidOperationException">It could not be sent.</exception>
    public static void Signal(this Process process, int number)
    {
        if (Kill(process.Id, number) != 0)
            throw new InvalidOperationException($"no signal {number} to {process.Id}: error {Marshal.GetLastPInvokeError()}");
    }

    /// <summary>The path of an executable that is installed; <see langword="null"/> if it is not.</summary>
    /// <remarks>Also what only the administrator has on the path: servers.</remarks>
    public static string? Find(string executable) => (Environment.GetEnvironmentVariable("PATH") ?? "").Split(Path.PathSeparator)
        .Append("/usr/sbin").Select(folder => Path.Combine(folder, executable)).FirstOrDefault(File.Exists);

    [LibraryImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static partial int Kill(int processId, int signal);
}
