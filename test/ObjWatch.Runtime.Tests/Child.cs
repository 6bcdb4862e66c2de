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
        string[] command =
        [
            // A shell's background job ignores SIGINT, and so would its children.
            .. OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP,INT,QUIT,TERM"] : Array.Empty<string>(),
            .. shell != null ? ["/bin/sh", "-c", shell + " exec \"$0\" \"$@\""] : Array.Empty<string>(),
            host, "exec", typeof(Child).Assembly.Location, .. scenario,
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = _directory, RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true,
        };
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

    /// <summary>Waits for the end, or ends the process when it does not come.</summary>
    /// <returns>The exit code.</returns>
    public int WaitForExit()
    {
        Process.StandardInput.Close();
        using var limit = new System.Threading.Timer(_ => Process.Kill(), null, TimeSpan.FromMinutes(3), System.Threading.Timeout.InfiniteTimeSpan);
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
