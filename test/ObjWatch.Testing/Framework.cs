using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ObjWatch.Testing;

/// <summary>The framework that the tests run on.</summary>
public static class Framework
{
    /// <summary>The folder of the running framework: <c>shared/Microsoft.NETCore.App/10.0.x</c>.</summary>
    public static string SharedDirectory { get; } = Path.GetDirectoryName(typeof(object).Assembly.Location)!;

    /// <summary>The folder that holds the dotnet host.</summary>
    public static string Root { get; } = Path.GetFullPath(Path.Combine(SharedDirectory, "..", "..", ".."));

    /// <summary>The dotnet host.</summary>
    public static string Host { get; } = Path.Combine(Root, OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet");

    /// <summary>What a project for the running framework compiles against.</summary>
    public static IReadOnlyList<string> ReferenceAssemblies()
    {
        string packs = Path.Combine(Root, "packs", "Microsoft.NETCore.App.Ref");
        string targetFramework = FormattableString.Invariant($"net{Environment.Version.Major}.{Environment.Version.Minor}");
        string? directory = Directory.Exists(packs)
            ? Directory.EnumerateDirectories(packs).Order(StringComparer.Ordinal).Select(pack => Path.Combine(pack, "ref", targetFramework))
            .LastOrDefault(Directory.Exists)
            : null;
        return directory is null
            ? throw new DirectoryNotFoundException($"no reference assemblies for {targetFramework} under {packs}")
            : [.. Directory.EnumerateFiles(directory, "*.dll").Order(StringComparer.Ordinal)];
    }

    /// <summary>Writes the runtimeconfig.json that lets <c>dotnet name.dll</c> run a program on the running framework.</summary>
    public static void WriteRuntimeConfig(string assemblyPath)
    {
        string version = Environment.Version.ToString(3);
        File.WriteAllText(Path.ChangeExtension(assemblyPath, ".runtimeconfig.json"), $$"""
            {
              "runtimeOptions": {
                "tfm": "net{{version[..version.LastIndexOf('.')]}}",
                "framework": { "name": "Microsoft.NETCore.App", "version": "{{version}}" },
                "configProperties": { "System.Globalization.Invariant": true }
              }
            }

            """);
    }
}
