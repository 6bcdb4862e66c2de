using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Text.Json;
using System.Xml.Linq;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>What the package does to the graph of a project's packages: it adds itself, and changes nothing of the project's own.</summary>
internal sealed class RestoreTests
{
    private const string Logging = "Microsoft.Extensions.Logging";
    private const string Abstractions = "Microsoft.Extensions.Logging.Abstractions";

    private const string Program = """
        using System;
        using Microsoft.Extensions.Logging;

        using (ObjWatch.Tracer.Start(new ObjWatch.TracerOptions { Output = "App.objwatch" }, new Loggers()))
            new Counter().Increment();
        Console.WriteLine("logging " + typeof(ILogger).Assembly.GetName().Version);

        internal sealed class Counter { private int _value; public void Increment() => _value += 42; }

        internal sealed class Loggers : ILoggerFactory, ILogger, IDisposable
        {
            public ILogger CreateLogger(string category) => this;
            public void AddProvider(ILoggerProvider provider) { }
            public IDisposable BeginScope<TState>(TState state) => this;
            public bool IsEnabled(LogLevel level) => true;
            public void Log<TState>(LogLevel level, EventId id, TState state, Exception failure, Func<TState, Exception, string> text) =>
                Console.WriteLine("logged " + text(state, failure));
            public void Dispose() { }
        }
        """;

    [TestCase("net10.0", "", "")]
    [TestCase("net8.0", Abstractions, "2.0.0")]
    [TestCase("net8.0", Abstractions, "8.0.0")]
    [TestCase("net10.0", Logging, "11.0.0")]
    [TestCase("net6.0", Logging, "6.0.0")]
    [TestCase("netstandard2.0", Abstractions, "2.0.0")]
    [TestCase("net472", Abstractions, "3.1.3")]
    [TestCase("net472", "System.Memory", "4.5.0")]
    [TestCase("net472", "System.Memory", "4.6.3")]
    public void The_package_raises_no_version_of_what_the_project_has(string framework, string package, string version)
    {
        string own = package.Length == 0 ? "" : $"<PackageReference Include=\"{package}\" Version=\"{version}\" />";
        Dictionary<string, string> before = Restored(framework, own);
        Dictionary<string, string> after = Restored(framework, own + ScratchProject.Reference("ObjWatch"));

        Assert.That(before.Where(library => after.GetValueOrDefault(library.Key) != library.Value), Is.Empty);
        string[] brought = ["ObjWatch", "ObjWatch.Runtime", "ObjWatch.Trace", Abstractions];
        string[] forOldFrameworks = framework is "net472" or "netstandard2.0" or "net6.0"
            ? ["System.Buffers", "System.Memory", "System.Numerics.Vectors", "System.Runtime.CompilerServices.Unsafe"]
            : [];
        Assert.That(after.Keys.Except(before.Keys), Is.SubsetOf(brought.Concat(forOldFrameworks)).And.SupersetOf(brought[..3]));
    }

    /// <summary>The runtime library uses what is internal in its other part: a newer one may lack it.</summary>
    [Test]
    public void The_runtime_library_asks_for_its_other_part_in_its_own_version()
    {
        string package = Path.Combine(Feed.Packages, $"ObjWatch.Runtime.{Feed.Version}.nupkg");
        using ZipArchive content = ZipFile.OpenRead(package);
        using Stream nuspec = content.GetEntry("ObjWatch.Runtime.nuspec")!.Open();

        IEnumerable<string?> asked = XDocument.Load(nuspec).Descendants()
            .Where(element => element.Attribute("id")?.Value == "ObjWatch.Trace")
            .Select(dependency => dependency.Attribute("version")?.Value);

        Assert.That(asked, Is.EqualTo(Enumerable.Repeat($"[{Feed.Version}]", 2)));
    }

    [TestCase("2.0.0", "2.0.0.0")]
    [TestCase("8.0.0", "8.0.0.0")]
    [TestCase("10.0.5", "10.0.0.0")]
    public void A_woven_program_logs_with_the_version_that_it_has(string version, string assemblyVersion)
    {
        using ScratchProject project =
            Strict($"<PackageReference Include=\"{Abstractions}\" Version=\"{version}\" />" + ScratchProject.Reference("ObjWatch"));
        project.Write("Program.cs", Program);

        CommandResult run = project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(run.Output, Does.Contain("logging " + assemblyVersion).And.Contain("logged ").And.Contain("Counter._value 0 -> 42"));
        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    [Test]
    public void The_lock_file_is_the_same_woven_and_not()
    {
        using ScratchProject project =
            ScratchProject.Counter(
                "<RestorePackagesWithLockFile>true</RestorePackagesWithLockFile><TreatWarningsAsErrors>true</TreatWarningsAsErrors>");
        project.Dotnet("restore").ThatSucceeded();
        byte[] locked = File.ReadAllBytes(project.PathOf("packages.lock.json"));

        project.Dotnet("restore", "--locked-mode", "-p:ObjWatch=true").ThatSucceeded();
        project.Dotnet("run", "--no-restore", "-p:ObjWatch=true").ThatSucceeded();
        project.Dotnet("restore", "--force-evaluate", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(File.ReadAllBytes(project.PathOf("packages.lock.json")), Is.EqualTo(locked));
        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    [Test]
    public void Central_versions_and_transitive_pinning_raise_nothing()
    {
        using ScratchProject project = Strict($"<PackageReference Include=\"{Abstractions}\" /><PackageReference Include=\"ObjWatch\" />");
        project.Write("Program.cs", Program);
        project.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>
              </PropertyGroup>
              <ItemGroup>
                <PackageVersion Include="ObjWatch" Version="{Feed.Version}" />
                <PackageVersion Include="{Abstractions}" Version="6.0.0" />
              </ItemGroup>
            </Project>
            """);

        CommandResult run = project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(run.Output, Does.Contain("logging 6.0.0.0").And.Contain("Counter._value 0 -> 42"));
    }

    private static ScratchProject Strict(string references, string framework = "net10.0")
    {
        ScratchProject project = new();
        project.WriteProject("<TreatWarningsAsErrors>true</TreatWarningsAsErrors><CheckEolTargetFramework>false</CheckEolTargetFramework>",
            references);
        project.Write("App.csproj", File.ReadAllText(project.PathOf("App.csproj")).Replace("net10.0", framework, StringComparison.Ordinal));
        return project;
    }

    /// <summary>The versions of the packages of a project's graph.</summary>
    private static Dictionary<string, string> Restored(string framework, string references)
    {
        using ScratchProject project = Strict(references, framework);
        project.Dotnet("restore").ThatSucceeded();
        using JsonDocument assets = JsonDocument.Parse(File.ReadAllText(project.PathOf("obj", "project.assets.json")));
        return assets.RootElement.GetProperty("libraries").EnumerateObject().Select(library => library.Name.Split('/'))
            .ToDictionary(library => library[0], library => library[1]);
    }
}
