using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>
/// A program that the trimmer and the AOT compiler have nothing to say about, though it does what they watch for in every place and in
/// every form a body can have (Annotated), gives them no reason to when it is woven.
/// </summary>
internal sealed class TrimmingTests
{
    private const string Program = "foreach (string line in Annotated.Everything.Run()) System.Console.WriteLine(line);";

    /// <summary>Each place is a line, with a number that is another one where something was trimmed that is asked for.</summary>
    private static readonly string[] _expected =
    [
        "plain: 1", "by name: 1", "generic: 7", "create: 7", "returned: 1", "out: 1", "array: 1", "captured: 1", "local: 11", "async: 1",
            "async generic: 3",
        "iterator: 2", "async iterator: 1", "members: 111111", "made: 7", "suppressed: 428", "suppressed async: 3",
        "suppressed property: 4", "raised",
        "requiring class: 114", "token: 1", "entry: 1", "registry: 104", "finder: 711", "special: 2", "reflecting: 1", "hierarchy: 12",
        "features: 1",
        "depending: 1", "closures: 732", "old: 12031",
    ];

    [TestCase("Release", "PublishTrimmed")]
    [TestCase("Release", "PublishTrimmed", "PublishSingleFile", "ObjWatchLocals", "ObjWatchAccessors")]
    [TestCase("Debug", "PublishTrimmed", "ObjWatchLocals", "ObjWatchAccessors")]
    [TestCase("Release", "PublishAot", "ObjWatchLocals", "ObjWatchAccessors")]
    public void An_annotated_program_is_published_without_a_warning(string configuration, params string[] properties)
    {
        using ScratchProject project =
            Annotated(string.Concat(properties.Where(p => !IsOurs(p)).Append("SelfContained").Select(p => $"<{p}>true</{p}>")));

        CommandResult publish = project.Dotnet([
            "publish", "App.csproj", "-r", RuntimeInformation.RuntimeIdentifier, "-c", configuration, "-o", "out", "-p:ObjWatch=true",
            "-p:TreatWarningsAsErrors=true", "-p:ILLinkTreatWarningsAsErrors=true", "-p:IlcTreatWarningsAsErrors=true",
            "-p:TrimmerSingleWarn=false", "-p:SuppressTrimAnalysisWarnings=false",
            .. properties.Where(IsOurs).Select(p => $"-p:{p}=true")]).ThatSucceeded();

        Assert.That(publish.Output, Does.Not.Contain("warning "));
        CommandResult run = Command.Run(project.Folder, project.PathOf("out", OperatingSystem.IsWindows() ? "App.exe" : "App"))
            .ThatSucceeded();
        Assert.That(run.Output.Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries), Is.EqualTo(_expected));
        string[] events = project.Events();
        Assert.That(events, Has.Some.Contains("run Annotated.Requiring.Plain <- 'name':\"System.Int32\""));
        Assert.That(events, Has.Some.Contains("upd @.Requiring.s_count 0 -> 1"));
        Assert.That(events, Has.Some.Contains("end Annotated.Requiring.Suppressed -> 428"));
        Assert.That(events, Has.Some.Contains("upd Properties.Auto null -> typeof(Sample)"));
        Assert.That(events, Has.Some.Contains("end Annotated.Parameters.Local.Static -> 10"));
        Assert.That(events, Has.Some.Contains("end Annotated.Old.OldFinder.FindByName -> 1"));
        Assert.That(
            events.Count(line => line.Contains(" run ", StringComparison.Ordinal)),
            Is.EqualTo(events.Count(line => line.Contains(" end ", StringComparison.Ordinal))));
    }

    private static bool IsOurs(string property) => property.StartsWith("ObjWatch", StringComparison.Ordinal);

    /// <summary>A program, its library, and a library for .NET Standard. All of the runtime library is kept, so that all of it is looked
    /// at.</summary>
    private static ScratchProject Annotated(string properties)
    {
        var project = new ScratchProject();
        project.WriteProject("<InvariantGlobalization>true</InvariantGlobalization>" + properties, ScratchProject.Reference("ObjWatch")
            + """
            <ProjectReference Include="../Lib/Lib.csproj" />
            <TrimmerRootAssembly Include="ObjWatch.Runtime;ObjWatch.Trace" />
            <RuntimeHostConfigurationOption Include="Annotated.Features.Dynamic" Value="false" Trim="true" />
            """);
        project.Write("Program.cs", Program);
        Library("Lib", "net10.0", "<IsTrimmable>true</IsTrimmable><IsAotCompatible>true</IsAotCompatible><Nullable>enable</Nullable>",
            "<ProjectReference Include=\"../Old/Old.csproj\" />");
        Library("Old", "netstandard2.0", "<LangVersion>latest</LangVersion>", "");
        foreach (string file in Directory.EnumerateFiles(Repository.PathOf("test", "ObjWatch.MSBuild.Tests", "Packages", "Annotated")))
            File.Copy(file, project.PathOf("..", Path.GetFileName(file) == "Old.cs" ? "Old" : "Lib", Path.GetFileName(file)));
        return project;

        void Library(string name, string framework, string properties, string references)
        {
            Directory.CreateDirectory(project.PathOf("..", name));
            project.Write($"../{name}/{name}.csproj", $"""
                <Project Sdk="Microsoft.NET.Sdk">
                  <PropertyGroup>
                    <TargetFramework>{framework}</TargetFramework>
                    {properties}
                  </PropertyGroup>
                  <ItemGroup>
                    {ScratchProject.Reference("ObjWatch")}
                    {references}
                  </ItemGroup>
                </Project>
                """);
        }
    }
}
