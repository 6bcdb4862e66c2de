using System;
using System.IO;
using System.Reflection;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>
/// Packs the repository's packages once per test run into a folder that the tests' projects use as a package source. The version is new
/// for each run and the package cache the run's own, so that no test sees a package of an earlier run.
/// </summary>
[SetUpFixture]
internal sealed class Feed
{
    private static readonly DirectoryInfo Root = Directory.CreateTempSubdirectory("objwatch-feed-");

    /// <summary>The version of the packages.</summary>
    public static string Version { get; } = $"0.1.0-test.{DateTime.UtcNow:yyyyMMddHHmmssfff}";

    /// <summary>The folder of the packages.</summary>
    public static string Packages { get; } = Path.Combine(Root.FullName, "packages");

    /// <summary>Where restored packages are kept.</summary>
    public static string PackageCache { get; } = Path.Combine(Root.FullName, "cache");

    /// <summary>
    /// The feed beside the machine's own sources; no other has the version of this run. The user's package cache is a source too, so that
    /// what has been restored before needs no network.
    /// </summary>
    public static string Configuration => $"""
        <configuration>
          <packageSources>
            <add key="feed" value="{Packages}" />
          </packageSources>
          <fallbackPackageFolders>
            <clear />
            <add key="user" value="{UsersPackageCache}" />
          </fallbackPackageFolders>
        </configuration>
        """;

    private static string UsersPackageCache =>
        Environment.GetEnvironmentVariable("NUGET_PACKAGES")
        ?? Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.UserProfile), ".nuget", "packages");

    [OneTimeSetUp]
    public void Pack()
    {
        Directory.CreateDirectory(UsersPackageCache);
        string configuration = typeof(Feed).Assembly.GetCustomAttribute<AssemblyConfigurationAttribute>()!.Configuration;
        foreach (string project in new[] { "ObjWatch.Trace", "ObjWatch.Runtime", "ObjWatch.MSBuild", "ObjWatch.Tool", "ObjWatch.Cli" })
        {
            Command.Dotnet(
                Repository.PathOf("src", project),
                "pack", "--no-build", "--configuration", configuration, "--output", Packages, $"-p:Version={Version}").ThatSucceeded();
        }
    }

    [OneTimeTearDown]
    public void Delete() => Root.Delete(recursive: true);
}
