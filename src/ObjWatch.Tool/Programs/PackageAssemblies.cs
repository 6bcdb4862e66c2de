using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using Microsoft.Extensions.DependencyModel;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool.Programs;

/// <summary>Finds the assemblies that a deps.json leaves in the package folders, as a program that was built but not published
/// does.</summary>
internal static class PackageAssemblies
{
    /// <summary>Lists them.</summary>
    /// <exception cref="ToolException">A deps.json cannot be read.</exception>
    public static IReadOnlyList<string> Find(ProgramFolder program)
    {
        IReadOnlyList<string> folders = Folders(program);
        var found = new List<string>();
        foreach (RuntimeLibrary library in program.DependenciesPaths.SelectMany(path => Read(path).RuntimeLibraries)
            .Where(library => library.Type == "package"))
        {
            string package = library.Path ?? $"{library.Name}/{library.Version}".ToLowerInvariant();
            IEnumerable<string> assets = library.RuntimeAssemblyGroups.SelectMany(group => group.AssetPaths);
            found.AddRange(assets.SelectMany(asset => folders.Select(folder => Path.Combine(folder, package, asset))).Where(File.Exists));
        }

        return found;
    }

    private static DependencyContext Read(string path)
    {
        try
        {
            using FileStream stream = File.OpenRead(path);
            using var reader = new DependencyContextJsonReader();
            return reader.Read(stream);
        }
        catch (Exception exception) when (exception is JsonException or FormatException or IOException or UnauthorizedAccessException
            or InvalidOperationException)
        {
            throw new ToolException(Codes.UnreadableConfiguration.About(path, exception.Message));
        }
    }

    private static IReadOnlyList<string> Folders(ProgramFolder program)
    {
        string home = Environment.GetFolderPath(Environment.SpecialFolder.UserProfile);
        string packages = Environment.GetEnvironmentVariable("NUGET_PACKAGES") ?? Path.Combine(home, ".nuget", "packages");
        return [.. program.Configuration?.ProbingPaths ?? [], packages];
    }
}
