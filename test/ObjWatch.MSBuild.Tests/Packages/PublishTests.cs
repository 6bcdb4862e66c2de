using System;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>A woven program traces itself however it is published.</summary>
internal sealed class PublishTests
{
    private static readonly string _runtimeIdentifier = RuntimeInformation.RuntimeIdentifier;

    [TestCase("--no-self-contained")]
    [TestCase("--self-contained")]
    [TestCase("--self-contained", "-p:PublishSingleFile=true")]
    [TestCase("--self-contained", "-p:PublishTrimmed=true", "-p:PublishSingleFile=true")]
    [TestCase("--no-self-contained", "-p:PublishReadyToRun=true")]
    [TestCase("-p:PublishAot=true")]
    public void The_published_program_leaves_its_trace(params string[] options)
    {
        using ScratchProject project = ScratchProject.Counter("<InvariantGlobalization>true</InvariantGlobalization>");

        CommandResult publish = project.Dotnet(["publish", "-r", _runtimeIdentifier, "-o", "out", "-p:ObjWatch=true", .. options])
            .ThatSucceeded();

        Assert.That(publish.Output, Does.Not.Contain(": warning"));
        string program = project.PathOf("out", OperatingSystem.IsWindows() ? "App.exe" : "App");
        CommandResult run = Command.Run(project.Folder, program).ThatSucceeded();
        Assert.That(run.Output, Is.EqualTo("counted" + Environment.NewLine));
        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
        Assert.That(project.Events().Count(line => line.Contains(" run ", StringComparison.Ordinal)),
            Is.EqualTo(project.Events().Count(line => line.Contains(" end ", StringComparison.Ordinal))));
    }

    /// <summary>The SDK leaves out of what is published what only references for the build alone bring, and what one of them names
    /// itself.</summary>
    [TestCase("ObjWatch")]
    [TestCase("ObjWatch", "ObjWatch.Runtime")]
    [TestCase("ObjWatch", "ObjWatch.Trace")]
    public void What_a_woven_program_needs_is_published_though_the_references_are_for_the_build_alone(params string[] packages)
    {
        using ScratchProject project = ScratchProject.Counter();
        project.WriteProject(
            references: string.Concat(packages.Select(package => ScratchProject.Reference(package, "PrivateAssets=\"all\""))));

        project.Dotnet("publish", "-o", "out", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(Directory.GetFiles(project.PathOf("out"), "ObjWatch.*").Select(Path.GetFileName),
            Is.EquivalentTo(["ObjWatch.Runtime.dll", "ObjWatch.Trace.dll"]));
        project.Dotnet("out/App.dll").ThatSucceeded();
        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }
}
