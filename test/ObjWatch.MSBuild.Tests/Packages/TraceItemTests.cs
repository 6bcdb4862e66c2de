using System.Collections.Generic;
using System.IO;
using System.IO.Compression;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>Traces lie in the folders of projects, and are never a part of them.</summary>
internal sealed class TraceItemTests
{
    /// <summary>The environment names the outputs of the run and says nothing any more when the program is published, without the
    /// switch.</summary>
    [Test]
    public void A_web_project_publishes_none_of_its_traces()
    {
        using ScratchProject project = new();
        project.Write("App.csproj", $"""
            <Project Sdk="Microsoft.NET.Sdk.Web">
              <PropertyGroup><TargetFramework>net10.0</TargetFramework></PropertyGroup>
              <ItemGroup>{ScratchProject.Reference("ObjWatch")}</ItemGroup>
            </Project>
            """);
        project.Write("Program.cs", "new Vault().Set(4711); class Vault { int _pin; public void Set(int pin) => _pin = pin; }");
        project.Write("wwwroot/site.json", "{}");
        project.Write("data.json", "{}");
        project.Dotnet("run", "-p:ObjWatch=true", "-e",
            "OBJWATCH_OUTPUT=one.json;two.trace.json;three.xml;App.objwatch;App.objtrace;wwwroot/four.json").ThatSucceeded();
        Assume.That(File.ReadAllText(project.PathOf("wwwroot", "four.json")), Does.Contain("4711"));

        CommandResult publish = project.Dotnet("publish", "-o", "out").ThatSucceeded();

        string[] published =
            [.. Directory.GetFiles(project.PathOf("out"), "*", SearchOption.AllDirectories)
                .Select(file => Path.GetRelativePath(project.PathOf("out"), file))];
        Assert.That(published, Does.Contain("data.json").And.Contain(Path.Combine("wwwroot", "site.json")));
        Assert.That(
            published.Where(file => file.Contains("objtrace") || file.Contains("objwatch") || file.Contains("one.") || file.Contains("two.")
                || file.Contains("four.")), Is.Empty);
        Assert.That(publish.Output,
            Does.Contain("one.json : message OBJW0604: ").And.Contain("two.trace.json : message OBJW0604: ").And.Contain(
                "four.json : message OBJW0604: "));
    }

    [TestCase("App.csproj", "<TargetFramework>net10.0</TargetFramework>")]
    [TestCase("App.csproj", "<TargetFrameworks>net10.0;netstandard2.0</TargetFrameworks>")]
    [TestCase("App.vbproj", "<TargetFramework>net10.0</TargetFramework>")]
    [TestCase("App.fsproj", "<TargetFramework>net10.0</TargetFramework>")]
    public void What_a_project_takes_by_a_pattern_is_no_trace(string file, string framework)
    {
        using ScratchProject project = new();
        project.Write(file, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>{framework}<PackageVersion>1.2.3</PackageVersion></PropertyGroup>
              <ItemGroup>
                {ScratchProject.Reference("ObjWatch")}
                <None Include="data/**" CopyToOutputDirectory="PreserveNewest" Pack="true" PackagePath="data/" />
                <None Update="data/kept.xml" ObjWatchKeep="true" />
              </ItemGroup>
            </Project>
            """);
        project.Write("data/plain.json", "{}");
        foreach ((string golden, string name) in new[]
            { ("Nested.json", "one.json"), ("Nested.trace.json", "two.json"), ("Nested.xml", "three.xml"),
                ("Nested.objwatch", "four.objwatch"), ("Nested.xml", "kept.xml") })
            File.Copy(Repository.PathOf("test", "ObjWatch.Reading.Tests", "Golden", golden), project.PathOf("data", name));

        project.Dotnet("pack", "-o", "made").ThatSucceeded();

        using ZipArchive package = ZipFile.OpenRead(project.PathOf("made", "App.1.2.3.nupkg"));
        Assert.That(package.Entries.Select(entry => entry.FullName).Where(entry => entry.StartsWith("data/")),
            Is.EquivalentTo(["data/plain.json", "data/kept.xml"]));
        IEnumerable<string?> copied = Directory.GetDirectories(project.PathOf("bin"), "data", SearchOption.AllDirectories)
            .SelectMany(Directory.GetFiles).Select(Path.GetFileName).Distinct();
        Assert.That(copied, Is.EquivalentTo(["plain.json", "kept.xml"]));
    }
}
