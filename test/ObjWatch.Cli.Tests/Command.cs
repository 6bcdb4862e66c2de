using System;
using System.Collections.Generic;
using System.Diagnostics;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Cli.Tests;

/// <summary>What the command <c>objwatch</c> did, run as a process.</summary>
internal sealed record Command(int ExitCode, string Output, string Error)
{
    private static string Path => System.IO.Path.Combine(TestContext.CurrentContext.TestDirectory, "objwatch.dll");

    public static Command Run(params string[] arguments)
    {
        ProcessResult result = ProgramRunner.Run(Path, arguments);
        return new Command(result.ExitCode, result.Output, result.Error);
    }

    public static Process Start(params string[] arguments) => ProgramRunner.Start(Path, arguments);

    /// <summary>Starts it with a limit to its managed memory.</summary>
    public static Process StartWithHeap(long bytes, params string[] arguments) =>
        ProgramRunner.Start(Path, arguments, new Dictionary<string, string?>
            { ["DOTNET_GCHeapHardLimit"] = FormattableString.Invariant($"{bytes:X}") });
}
