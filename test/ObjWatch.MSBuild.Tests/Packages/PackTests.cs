using System;
using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using System.Xml.Linq;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>What a library's package depends on: the runtime library where the library calls it, and never the package that wove
/// it.</summary>
internal sealed class PackTests
{
    private const string Stock =
        "namespace Lib { public class Stock { public int Level; public void Add(int amount) => Level += amount; } }";
    private const string Several = "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>";
    private const string One = "<TargetFramework>net10.0</TargetFramework>";

    [Test]
    public void A_library_that_is_not_woven_depends_on_nothing_of_ObjWatch([Values(One, Several)] string frameworks)
    {
        using ScratchProject project = Library(frameworks);

        Pack(project);

        Assert.That(Dependencies(project).SelectMany(group => group.Value), Is.Empty);
        Assert.That(Dependencies(project), Has.Count.EqualTo(frameworks == Several ? 2 : 1));
    }

    [Test]
    public void A_woven_library_depends_on_the_runtime_library([Values(One, Several)] string frameworks)
    {
        using ScratchProject project = Library(frameworks);

        Pack(project, "-p:ObjWatch=true");

        Assert.That(Dependencies(project), Has.Count.EqualTo(frameworks == Several ? 2 : 1));
        Assert.That(Dependencies(project).Values, Is.All.EqualTo(new[] { "ObjWatch.Runtime " + Feed.Version }));
    }

    [Test]
    public void A_woven_library_traces_itself_in_a_program_that_knows_nothing_of_ObjWatch()
    {
        using ScratchProject project = Library(One);
        project.Build("-c", "Release", "-p:ObjWatch=true").ThatSucceeded();
        // What is packed counts, and not the switch.
        Pack(project, "--no-build");
        project.WriteProject(
            file: "App/App.csproj",
            properties: $"<RestoreAdditionalProjectSources>{project.PathOf("made")}</RestoreAdditionalProjectSources>",
            references: "<PackageReference Include=\"Lib\" Version=\"1.0.0\" />");
        project.Write("App/Program.cs", "new Lib.Stock().Add(3);");

        project.Dotnet("run", "--project", "App").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Stock.Level 0 -> 3"));
    }

    [Test]
    public void A_library_whose_source_uses_the_runtime_library_depends_on_it_woven_or_not()
    {
        using ScratchProject project = Library(One);
        project.Write("Pause.cs", "public static class Quietly { public static void Do() => ObjWatch.Tracer.Pause(); }");

        Pack(project);

        Assert.That(Dependencies(project).Values.Single(), Is.EqualTo(["ObjWatch.Runtime " + Feed.Version]));
    }

    [TestCase("", new string[0])]
    [TestCase("-p:ObjWatch=true", new[] { "ObjWatch.Runtime" })]
    public void A_reference_for_the_build_alone_makes_no_difference(string option, string[] expected)
    {
        using ScratchProject project = Library(One, reference: ScratchProject.Reference("ObjWatch", "PrivateAssets=\"all\""));

        Pack(project, [.. option.Length == 0 ? Array.Empty<string>() : [option]]);

        Assert.That(Names(project), Is.EqualTo(expected));
    }

    /// <summary>Central transitive pinning makes every package of the graph that has a central version a dependency.</summary>
    [TestCase("", new[] { "Newtonsoft.Json" })]
    [TestCase("-p:ObjWatch=true", new[] { "Newtonsoft.Json", "ObjWatch.Runtime" })]
    public void Central_versions_of_what_ObjWatch_brings_do_not_show_in_the_package(string option, string[] expected)
    {
        using ScratchProject project = Library(One, reference: "<PackageReference Include=\"Newtonsoft.Json\" />");
        project.Write("Directory.Packages.props", $"""
            <Project>
              <PropertyGroup>
                <ManagePackageVersionsCentrally>true</ManagePackageVersionsCentrally>
                <CentralPackageTransitivePinningEnabled>true</CentralPackageTransitivePinningEnabled>
              </PropertyGroup>
              <ItemGroup>
                <GlobalPackageReference Include="ObjWatch" Version="{Feed.Version}" />
                <PackageVersion Include="ObjWatch.Runtime" Version="{Feed.Version}" />
                <PackageVersion Include="ObjWatch.Trace" Version="{Feed.Version}" />
                <PackageVersion Include="Microsoft.Extensions.Logging.Abstractions" Version="10.0.5" />
                <PackageVersion Include="Newtonsoft.Json" Version="13.0.4" />
              </ItemGroup>
            </Project>
            """);

        Pack(project, [.. option.Length == 0 ? Array.Empty<string>() : [option]]);

        Assert.That(Names(project), Is.EquivalentTo(expected));
    }

    private static ScratchProject Library(string frameworks, string? reference = null)
    {
        ScratchProject project = new();
        project.Write("Lib.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{frameworks}<Version>1.0.0</Version>
                <DefaultItemExcludes>$(DefaultItemExcludes);App/**</DefaultItemExcludes></PropertyGroup>
              <ItemGroup>{reference ?? ScratchProject.Reference("ObjWatch")}</ItemGroup>
            </Project>
            """);
        project.Write("Stock.cs", Stock);
        return project;
    }

    private static void Pack(ScratchProject project, params string[] options) =>
        project.Dotnet(["pack", "Lib.csproj", "-m:1", "-o", "made", .. options]).ThatSucceeded();

    private static IEnumerable<string> Names(ScratchProject project) =>
        Dependencies(project).Values.Single().Select(dependency => dependency.Split(' ')[0]);

    /// <summary>The dependencies in the package's nuspec, by target framework.</summary>
    private static Dictionary<string, string[]> Dependencies(ScratchProject project)
    {
        using ZipArchive package = ZipFile.OpenRead(project.PathOf("made", "Lib.1.0.0.nupkg"));
        using Stream nuspec = package.Entries.Single(entry => entry.FullName == "Lib.nuspec").Open();
        return XDocument.Load(nuspec).Descendants().Where(element => element.Name.LocalName == "group")
            .ToDictionary(group => group.Attribute("targetFramework")!.Value, group => group.Elements().Select(Text).ToArray());

        static string Text(XElement dependency) => $"{dependency.Attribute("id")!.Value} {dependency.Attribute("version")!.Value}";
    }
}
