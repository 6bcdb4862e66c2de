using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Linq;
using System.Threading.Tasks;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>Runs programs as a user's shell would: without what the test host put into the environment, and without servers that stay behind.</summary>
internal static class Command
{
    private static readonly TimeSpan Limit = TimeSpan.FromMinutes(5);

    private static readonly string[] LeftByTheTestHost = ["MSBUILD", "OBJWATCH", "VSTEST", "TESTINGPLATFORM", "DOTNET_CLI_", "DOTNET_HOST_PATH"];

    /// <summary>Runs <c>dotnet</c>.</summary>
    public static CommandResult Dotnet(string folder, params string[] arguments) => Run(folder, "dotnet", arguments);

    /// <summary>Runs a program to its end.</summary>
    public static CommandResult Run(string folder, string program, params string[] arguments)
    {
        using Process process = Start(folder, program, arguments);
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Task<string> error = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Limit))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end within {Limit}.");
        }

        return new CommandResult($"{program} {string.Join(' ', arguments)}", process.ExitCode, output.Result, error.Result);
    }

    /// <summary>Starts a program.</summary>
    public static Process Start(string folder, string program, params string[] arguments)
    {
        ProcessStartInfo start = new(program, arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        foreach (string name in start.Environment.Keys.Where(IsLeftByTheTestHost).ToList())
            start.Environment.Remove(name);
        foreach ((string name, string value) in Settings())
            start.Environment[name] = value;
        return Process.Start(start)!;
    }

    private static bool IsLeftByTheTestHost(string name) =>
        LeftByTheTestHost.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));

    private static Dictionary<string, string> Settings() => new()
    {
        ["DOTNET_NOLOGO"] = "1",
        ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
        ["DOTNET_CLI_UI_LANGUAGE"] = "en",
        ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
        ["DOTNET_CLI_WORKLOAD_UPDATE_NOTIFY_DISABLE"] = "true",
        ["DOTNET_SKIP_FIRST_TIME_EXPERIENCE"] = "1",
        ["DOTNET_GENERATE_ASPNET_CERTIFICATE"] = "false",
        ["MSBUILDDISABLENODEREUSE"] = "1",
        ["UseSharedCompilation"] = "false",
        ["NuGetAudit"] = "false",
        ["NUGET_PACKAGES"] = Feed.PackageCache,
    };
}
