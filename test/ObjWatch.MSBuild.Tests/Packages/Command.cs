using System.Collections.Generic;
using System.Diagnostics;
using ObjWatch.Testing;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>Runs programs as a user's shell would: without what the test host put into the environment, and without servers that stay
/// behind.</summary>
internal static class Command
{
    private static readonly Dictionary<string, string?> _environment = new()
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

    /// <summary>Runs <c>dotnet</c>.</summary>
    public static CommandResult Dotnet(string folder, params string[] arguments) => Run(folder, "dotnet", arguments);

    /// <summary>Runs a program to its end.</summary>
    public static CommandResult Run(string folder, string program, params string[] arguments)
    {
        ProcessResult result = ProgramRunner.RunProcess(program, arguments, _environment, folder);
        return new CommandResult($"{program} {string.Join(' ', arguments)}", result.ExitCode, result.Output, result.Error);
    }

    /// <summary>Starts a program.</summary>
    public static Process Start(string folder, string program, params string[] arguments) =>
        ProgramRunner.StartProcess(program, arguments, _environment, folder);
}
