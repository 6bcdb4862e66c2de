using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Threading.Tasks;
using NUnit.Framework;

namespace ObjWatch.Cli.Tests;

/// <summary>What the command <c>objwatch</c> did, run as a process.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    public static Command Run(params string[] arguments)
    {
        using Process process = Start(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return new Command(process.ExitCode, output, error.Result);
    }

    public static Process Start(params string[] arguments) => Process.Start(Prepare(arguments))!;

    /// <summary>Starts it with a heap that cannot grow beyond a limit.</summary>
    public static Process StartWithin(int megabytes, params string[] arguments)
    {
        ProcessStartInfo start = Prepare(arguments);
        start.Environment["DOTNET_GCHeapHardLimit"] = (megabytes * 1_000_000).ToString("X", CultureInfo.InvariantCulture);
        return Process.Start(start)!;
    }

    private static ProcessStartInfo Prepare(string[] arguments)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add(Path.Combine(TestContext.CurrentContext.TestDirectory, "objwatch.dll"));
        foreach (string argument in arguments)
            start.ArgumentList.Add(argument);
        return start;
    }
}
