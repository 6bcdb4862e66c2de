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
        var packages = new OwnPackages(directory.Path);
        string traced = Project(directory["Traced"], packages, "<ObjWatch>true</ObjWatch>");
        string plain = Project(directory["Plain"], packages, "");
        foreach (string folder in new[] { traced, plain })
            DotnetCommand.Run(folder, directory.Path, "build", "-m:1", "-v:q");
        double[] times = Rounds.Medians(RoundCount, () => Build(traced, directory.Path), () => Build(plain, directory.Path));
        yield return new TargetRow("build with ObjWatch=true, nothing changed", times[0], "without", times[1], "ms", 1.05);
    }

    private static void Build(string folder, string root) => DotnetCommand.Run(folder, root, "build", "--no-restore", "-m:1", "-v:q");

    private static string Project(string folder, OwnPackages packages, string properties)
    {
        Directory.CreateDirectory(folder);
        packages.OfferTo(folder);
        File.WriteAllText(Path.Combine(folder, "App.csproj"), $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                {properties}
              </PropertyGroup>
              <ItemGroup>
                <PackageReference Include="ObjWatch" Version="{packages.Version}" />
              </ItemGroup>
            </Project>
            """);
        File.WriteAllText(Path.Combine(folder, "Program.cs"), """System.Console.WriteLine("built");""");
        return folder;
    }
}
