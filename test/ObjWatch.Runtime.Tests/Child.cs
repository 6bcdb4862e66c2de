using System;
using System.Collections.Generic;
using System.Diagnostics;
using ObjWatch.Testing;

namespace ObjWatch.Runtime.Tests;

/// <summary>A process that runs <see cref="ChildProgram"/> in a directory of its own.</summary>
internal sealed class Child : IDisposable
{
    private ProcessResult? _result;

    /// <param name="directory">Where it runs.</param>
    /// <param name="scenario">What it does.</param>
    /// <param name="output">OBJWATCH_OUTPUT.</param>
    /// <param name="shell">Commands of a shell that go before it.</param>
    /// <param name="onOff">OBJWATCH.</param>
    /// <param name="variables">Other variables.</param>
    public Child(string directory, string[] scenario, string? output = null, string? shell = null, string? onOff = null,
        IReadOnlyDictionary<string, string>? variables = null)
    {
        string[] command = [Framework.Host, "exec", typeof(Child).Assembly.Location, .. scenario];
        if (shell != null)
            command = ["/bin/sh", "-c", shell + " exec \"$0\" \"$@\"", .. command];
        var environment = new Dictionary<string, string?> { ["OBJWATCH"] = onOff, ["OBJWATCH_OUTPUT"] = output };
        foreach (KeyValuePair<string, string> variable in variables ?? new Dictionary<string, string>())
            environment[variable.Key] = variable.Value;
        Process = ProgramRunner.StartProcess(command[0], command[1..], environment, directory);
    }

    public Process Process { get; }

    /// <summary>Standard error, once the process has ended.</summary>
    public string Errors => _result?.Error ?? "";

    /// <summary>The rest of standard output, once the process has ended.</summary>
    public string LastOutput => _result?.Output ?? "";

    /// <summary>The last line on standard error.</summary>
    public string LastError => _result?.LastErrorLine ?? "";

    /// <summary>Waits for a line on standard output.</summary>
    public void WaitFor(string line)
    {
        string? read;
        do
            read = Process.StandardOutput.ReadLine();
        while (read != null && read != line);
    }

    /// <summary>Sends a signal by number.</summary>
    public void Signal(int number) => Process.Signal(number);

    /// <summary>Waits for the end.</summary>
    /// <returns>The exit code.</returns>
    public int WaitForExit()
    {
        _result ??= Process.Finish();
        return _result.ExitCode;
    }

    public void Dispose()
    {
        if (!Process.HasExited)
            Process.Kill();
        Process.Dispose();
    }
}
