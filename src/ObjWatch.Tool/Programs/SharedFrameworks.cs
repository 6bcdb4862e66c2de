using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ObjWatch.Tool.Programs;

/// <summary>The shared frameworks that are installed.</summary>
internal static class SharedFrameworks
{
    /// <summary>The framework that everything runs on.</summary>
    public const string Core = "Microsoft.NETCore.App";

    /// <summary>
    /// The folder of a framework: the same major and minor version if it is there, else the next higher one. (What the weaver looks up in
    /// it has not changed in between, so this is kinder than the host.)
    /// </summary>
    public static string? Find(FrameworkReference framework)
    {
        List<(Version Version, string Path)> installed = Installed(framework.Name)
            .Where(candidate => candidate.Version >= framework.Version).ToList();
        return installed
            .OrderBy(candidate => candidate.Version.Major)
            .ThenBy(candidate => candidate.Version.Minor)
            .ThenByDescending(candidate => candidate.Version)
            .FirstOrDefault().Path;
    }

    /// <summary>The newest version of each framework that a library may have been written for.</summary>
    public static IEnumerable<string> Newest() =>
        new[] { Core, "Microsoft.AspNetCore.App", "Microsoft.WindowsDesktop.App" }
            .Select(name => Installed(name).OrderByDescending(candidate => candidate.Version).FirstOrDefault().Path)
            .OfType<string>();

    private static IEnumerable<(Version Version, string Path)> Installed(string name)
    {
        foreach (string root in Roots())
        {
            string directory = Path.Combine(root, "shared", name);
            if (!Directory.Exists(directory))
                continue;
            foreach (string path in Directory.EnumerateDirectories(directory))
            {
                if (Version.TryParse(Path.GetFileName(path).Split('-')[0], out Version? version))
                    yield return (version, path);
            }
        }
    }

    private static IEnumerable<string> Roots()
    {
        // The framework that runs this tool lies in an installation of .NET, most likely in the one that the program will run on.
        string running = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", ".."));
        string?[] roots = [Environment.GetEnvironmentVariable("DOTNET_ROOT"), running];
        return roots.OfType<string>().Where(Directory.Exists).Distinct(StringComparer.Ordinal);
    }
}
