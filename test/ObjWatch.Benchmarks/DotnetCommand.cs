using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>The command <c>dotnet</c> for generated projects, which lie in a folder with a cache of packages of their own. It
/// leaves no process behind.</summary>
internal static class DotnetCommand
{
    /// <summary>What the command's environment has beside the usual.</summary>
    /// <param name="root">The folder in which the generated projects lie.</param>
    public static Dictionary<string, string?> Environment(string root) => new()
    {
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["NuGetAudit"] = "false",
        ["NUGET_PACKAGES"] = Path.Combine(root, "cache"),
    };

    /// <summary>Runs the command in a folder.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds what it said.</exception>
    public static void Run(string folder, string root, params string[] arguments)
    {
        Dictionary<string, string?> environment = Environment(root);
        // What lies in the repository was restored for the usual cache.
        if (!folder.StartsWith(root, StringComparison.Ordinal))
            environment.Remove("NUGET_PACKAGES");
        ProcessResult result = ProgramRunner.RunProcess("dotnet", arguments, environment, folder);
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.Output);
    }
}
