using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;

namespace ObjWatch.Runtime.Tests;

/// <summary>A process that runs <see cref="ChildProgram"/> in a directory of its own.</summary>
internal sealed class Child : IDisposable
{
    private readonly string _directory;

    public Child(string directory, string[] scenario, string? output = null, string? shell = null, string? onOff = null,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        _directory = directory;
        string host = Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet";
        var start = new ProcessStartInfo(shell == null ? host : "/bin/sh")
        {
            WorkingDirectory = _directory, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
        if (shell != null)
        {
            start.ArgumentList.Add("-c");
            start.ArgumentList.Add(shell + " exec \"$0\" \"$@\"");
            start.ArgumentList.Add(host);
        }

        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(Child).Assembly.Location);
        foreach (string argument in scenario)
            start.ArgumentList.Add(argument);
        if (onOff == null)
            start.Environment.Remove("OBJWATCH");
        else
            start.Environment["OBJWATCH"] = onOff;
        start.Environment["OBJWATCH_OUTPUT"] = output ?? "";
        start.Environment["DOTNET_DbgEnableMiniDump"] = "0";
        foreach (KeyValuePair<string, string> variable in variables ?? new Dictionary<string, string>())
            start.Environment[variable.Key] = variable.Value;
        Process = Process.Start(start)!;
        Errors = "";
    }

    public Process Process { get; }

    /// <summary>Standard error, once the process has ended.</summary>
    public string Errors { get; private set; }

    /// <summary>Waits for a line on standard output.</summary>
    public void WaitFor(string line)
    {
        string? read;
        do
            read = Process.StandardOutput.ReadLine();
        while (read != null && read != line);
    }

    /// <summary>Sends a signal by number.</summary>
    public void Signal(int number)
    {
        using Process kill = Process.Start("/bin/sh", ["-c", $"kill -{number} {Process.Id}"]);
        kill.WaitForExit();
    }

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int WaitForExit()
    {
        Process.StandardInput.Close();
        System.Threading.Tasks.Task<string> output = Process.StandardOutput.ReadToEndAsync();
        Errors = Process.StandardError.ReadToEnd();
        LastOutput = output.GetAwaiter().GetResult();
        Process.WaitForExit();
        return Process.ExitCode;
    }

    /// <summary>The rest of standard output, once the process has ended.</summary>
    public string LastOutput { get; private set; } = "";

    /// <summary>The last line on standard error.</summary>
    public string LastError => Errors.TrimEnd().Split('\n')[^1].TrimEnd('\r');

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Process.Dispose();
    }
}
