using System;
using System.IO;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>The packages of this repository, packed into a folder of their own under a version that no cache has.</summary>
internal sealed class OwnPackages
{
    private readonly string _folder;

    /// <param name="root">The folder in which the projects lie that use them.</param>
    public OwnPackages(string root)
    {
        _folder = Path.Combine(root, "packages");
        foreach (string project in new[] { "ObjWatch.Trace", "ObjWatch.Runtime", "ObjWatch.MSBuild" })
        {
            string[] arguments = ["pack", "--configuration", "Release", "--output", _folder, "-p:Version=" + Version];
            DotnetCommand.Run(Repository.PathOf("src", project), root, arguments);
        }
    }

    /// <summary>Their version.</summary>
    public string Version { get; } = $"0.1.0-bench.{DateTime.UtcNow:yyyyMMddHHmmss}";

    /// <summary>Lets the projects in a folder find them, beside what the user's own configuration finds.</summary>
    public void OfferTo(string folder)
    {
        string users = Environment.GetEnvironmentVariable("NUGET_PACKAGES")
            ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");
        File.WriteAllText(Path.Combine(folder, "nuget.config"), $"""
            <configuration>
              <packageSources><add key="feed" value="{_folder}" /></packageSources>
              <fallbackPackageFolders><clear /><add key="user" value="{users}" /></fallbackPackageFolders>
            </configuration>
            """);
    }
}
