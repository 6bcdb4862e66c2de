using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>What a build costs in which nothing has changed, with tracing and without.</summary>
internal static class BuildTarget
{
    private const int RoundCount = 7;

    public static IEnumerable<TargetRow> Measure()
    {
        using var directory = new TemporaryDirectory();
        string version = $"0.1.0-bench.{DateTime.UtcNow:yyyyMMddHHmmss}";
        string packages = directory["packages"];
        foreach (string project in new[] { "ObjWatch.Trace", "ObjWatch.Runtime", "ObjWatch.MSBuild" })
            Dotnet(Repository.PathOf("src", project), directory.Path, "pack", "--configuration", "Release", "--output", packages,
                "-p:Version=" + version);
        string traced = Project(directory, "Traced", packages, version, "<ObjWatch>true</ObjWatch>");
        string plain = Project(directory, "Plain", packages, version, "");
        foreach (string folder in new[] { traced, plain })
            Dotnet(folder, directory.Path, "build", "-m:1", "-v:q");
        double[] times = Rounds.Medians(RoundCount, () => Build(traced, directory.Path), () => Build(plain, directory.Path));
        yield return new TargetRow("build with ObjWatch=true, nothing changed", times[0], "without", times[1], "ms", 1.05);
    }

    private static void Build(string folder, string root) => Dotnet(folder, root, "build", "--no-restore", "-m:1", "-v:q");

    private static string Project(TemporaryDirectory directory, string name, string packages, string version, string properties)
    {
        string folder = directory[name];
        Directory.CreateDirectory(folder);
        string users = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="feed" value="{packages}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="user" value="{users}" /></fallbackPackageFolders>
            </configuration>
            """);
        File.WriteAllText(Path.Combine(folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ObjWatch" Version="{version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """System.Console.WriteLine("built");""");
        return folder;
    }

    private static void Dotnet(string folder, string root, params string[] arguments)
    {
        var environment = new Dictionary<string, string?>
        {
            ["DOTNET_CLI_USE_MSBUILD_SERVER"] = "0",
            ["DOTNET_CLI_TELEMETRY_OPTOUT"] = "1",
            ["MSBUILDDISABLENODEREUSE"] = "1",
            ["NuGetAudit"] = "false",
        };
        if (folder.StartsWith(root, StringComparison.Ordinal))
            environment["NUGET_PACKAGES"] = Path.Combine(root, "cache");
        ProcessResult result = ProgramRunner.RunProcess("dotnet", arguments, environment, folder);
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.Output);
    }
}
