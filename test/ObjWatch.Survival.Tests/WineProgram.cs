using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Survival.Tests;

/// <summary><see cref="SurvivalProgram"/> as a program for Windows that brings its own .NET, and the Wine that runs it.</summary>
internal sealed class WineProgram : IDisposable
{
    private static readonly string? _wine = ProgramRunner.Find("wine");
    private static readonly string? _server = ProgramRunner.Find("wineserver");

    private readonly TemporaryDirectory _directory = new();

    /// <summary>Why nothing can be run; <see langword="null"/> if it is all there.</summary>
    public static string? Missing { get; } =
        OperatingSystem.IsLinux() && _wine != null && _server != null && ProgramRunner.Find("script") != null
            ? null
            : "Wine is not installed (apt-get install --no-install-recommends wine64 wine)";

    /// <summary>What it needs in its environment.</summary>
    public Dictionary<string, string?> Environment => new()
    {
        ["WINEPREFIX"] = _directory["prefix"],
        ["WINEDEBUG"] = "-all",
        // No debugger looks at those that crash.
        ["WINEDLLOVERRIDES"] = "winedbg.exe=d",
    };

    /// <summary>The repository's sources and the library that this test runs with, for Windows. The assembly has the name to which the
    /// library shows its internals. (The property at the end keeps a package from being asked for that has nothing to do with this, and is
    /// not everywhere to be had.)</summary>
    private static string Project => $"""
        <Project Sdk="Microsoft.NET.Sdk">
          <PropertyGroup>
            <OutputType>Exe</OutputType>
            <TargetFramework>net10.0</TargetFramework>
            <RuntimeIdentifier>win-x64</RuntimeIdentifier>
            <SelfContained>true</SelfContained>
            <AssemblyName>ObjWatch.Survival.Tests</AssemblyName>
            <Nullable>enable</Nullable>
            <AllowUnsafeBlocks>true</AllowUnsafeBlocks>
            <InvariantGlobalization>true</InvariantGlobalization>
            <NuGetAudit>false</NuGetAudit>
            <DisableTransitiveFrameworkReferenceDownloads>true</DisableTransitiveFrameworkReferenceDownloads>
          </PropertyGroup>
          <ItemGroup>
            <Compile Include="{Repository.PathOf("test", "ObjWatch.Survival.Tests")}/SurvivalProgram.cs" />
            <Compile Include="{Repository.PathOf("test", "ObjWatch.Survival.Tests")}/Progress.cs" />
            <Compile Include="{Repository.PathOf("test", "ObjWatch.Runtime.Tests")}/WovenSites.cs" />
            <Compile Include="{Repository.PathOf("test", "ObjWatch.Runtime.Tests")}/Counter.cs" />
            <Reference Include="{string.Join(';', RuntimeLibraries.Paths)}" />
          </ItemGroup>
        </Project>
        """;

    /// <summary>Makes the program.</summary>
    public void Publish()
    {
        File.WriteAllText(_directory["Program.csproj"], Project);
        ProcessResult published = ProgramRunner.RunProcess(
            Framework.Host,
            ["publish", "-c", "Release", "-o", "out", "-m:1", "-nodeReuse:false", "-p:UseSharedCompilation=false", "--nologo"],
            workingDirectory: _directory.Path);
        if (published.Output.Contains(": error NU", StringComparison.Ordinal))
            Assert.Ignore("a program for Windows cannot be published: " + published.Output);
        Assert.That(published.ExitCode, Is.Zero, published.Output);
    }

    /// <summary>The command that runs it in a console of its own.</summary>
    public string[] Command(string[] arguments) =>
        ["script", "-qec", string.Join(' ', arguments.Prepend(_directory["out/ObjWatch.Survival.Tests.exe"]).Prepend(_wine)), "/dev/null"];

    public void Dispose()
    {
        // Wine's server outlives the programs, and writes to its folder until it has ended.
        foreach (string option in new[] { "-k", "-w" })
            ProgramRunner.RunProcess(_server!, [option], Environment);
        _directory.Dispose();
    }
}
