using System;
using System.IO;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>What a second build does, after everything that can have happened since the first.</summary>
internal sealed class IncrementalBuildTests
{
    [Test]
    public void Switched_off_not_one_byte_differs_from_a_project_that_is_never_woven()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.WriteProject(references: ScratchProject.Reference("ObjWatch.Runtime"));
        project.Build().ThatSucceeded();
        byte[] never = File.ReadAllBytes(project.Assembly);

        project.WriteProject();
        project.Build("-p:ObjWatch=true").ThatSucceeded();
        byte[] woven = File.ReadAllBytes(project.Assembly);
        project.Build().ThatSucceeded();
        byte[] afterwards = File.ReadAllBytes(project.Assembly);

        Assert.That(woven, Is.Not.EqualTo(never));
        Assert.That(afterwards, Is.EqualTo(never));
    }

    [Test]
    public void Nothing_changed_nothing_is_woven()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Build("-p:ObjWatch=true").ThatSucceeded();
        DateTime first = File.GetLastWriteTimeUtc(project.IntermediateAssembly);

        CommandResult second = project.Build("-p:ObjWatch=true", "-v:n").ThatSucceeded();

        Assert.That(second.Output, Does.Contain("Skipping target \"CoreCompile\"").And.Contain("Skipping target \"ObjWatchWeave\""));
        Assert.That(File.GetLastWriteTimeUtc(project.IntermediateAssembly), Is.EqualTo(first));
    }

    [Test]
    public void Other_options_weave_again()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();
        Assume.That(project.Events(), Has.Some.Contains(" run "));

        project.Dotnet("run", "-p:ObjWatch=true", "-p:ObjWatchTargets=App.Models:Counter._value").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains(" upd ").And.None.Contains(" run "));
    }

    [Test]
    public void Changed_source_is_compiled_and_woven_again()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Build("-p:ObjWatch=true").ThatSucceeded();
        project.Write("Program.cs", File.ReadAllText(project.PathOf("Program.cs")).Replace("42", "43"));

        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 43"));
    }

    /// <summary>The SDK starts the compiler itself, without MSBuild, when of such a program nothing but its source has changed.</summary>
    [Test]
    public void A_program_of_one_file_is_woven_again_when_it_has_changed()
    {
        using ScratchProject project = new();
        string source = $$"""
            #:package ObjWatch@{{Feed.Version}}
            #:property ObjWatch=true
            new Counter().Add(42);
            class Counter { public int Value; public void Add(int number) => Value += number; }
            """;
        project.Write("App.cs", source);
        project.Dotnet("run", "App.cs").ThatSucceeded();
        Assume.That(project.Events(), Has.Some.Contains("upd Counter.Value 0 -> 42"));

        project.Write("App.cs", source.Replace("42", "43"));
        project.Dotnet("run", "App.cs").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Counter.Value 0 -> 43"));
    }

    [Test]
    public void A_weave_that_was_cut_short_is_done_again_from_the_compilers_output()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Build("-p:ObjWatch=true").ThatSucceeded();
        byte[] woven = File.ReadAllBytes(project.IntermediateAssembly);
        File.Delete(project.PathOf("obj", "Debug", "net10.0", "App.objwatch.woven"));
        File.WriteAllText(project.IntermediateAssembly, "half an assembly");

        project.Build("-p:ObjWatch=true").ThatSucceeded();

        Assert.That(File.ReadAllBytes(project.IntermediateAssembly), Is.EqualTo(woven));
    }

    [Test]
    public void A_failed_weave_fails_every_build_until_its_cause_is_gone()
    {
        using ScratchProject project = ScratchProject.Counter();
        string[] malformed = ["-p:ObjWatch=true", "-p:ObjWatchTargets=App.Models:Counter.(("];

        CommandResult first = project.Build(malformed).ThatFailed();
        CommandResult second = project.Build(malformed).ThatFailed();

        Assert.That(first.Output, Does.Contain("error OBJW0201:").And.Contain("App.Models:Counter.(("));
        Assert.That(second.Output, Does.Contain("error OBJW0201:"));
        Assert.That(project.Assembly, Does.Not.Exist);

        project.Dotnet("run", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    [Test]
    public void Publish_without_build_ships_the_woven_assembly()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Build("-p:ObjWatch=true").ThatSucceeded();

        project.Dotnet("publish", "--no-build", "-c", "Debug", "-o", "published", "-p:ObjWatch=true").ThatSucceeded();
        project.Dotnet(project.PathOf("published", "App.dll")).ThatSucceeded();

        Assert.That(File.ReadAllBytes(project.PathOf("published", "App.dll")), Is.EqualTo(File.ReadAllBytes(project.Assembly)));
        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    [Test]
    public void Clean_leaves_nothing_of_ObjWatch_behind()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Build("-p:ObjWatch=true").ThatSucceeded();
        // A build that skips the weaving must still know which files are its own.
        project.Build("-p:ObjWatch=true").ThatSucceeded();

        project.Dotnet("clean", "-p:ObjWatch=true").ThatSucceeded();

        Assert.That(Directory.GetFiles(project.PathOf("obj", "Debug"), "*objwatch*", SearchOption.AllDirectories), Is.Empty);
        Assert.That(Directory.GetFiles(project.PathOf("bin"), "*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void A_design_time_build_weaves_nothing()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Dotnet("restore").ThatSucceeded();

        project.Dotnet(
            "msbuild", "-t:Compile", "-p:ObjWatch=true", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true",
            "-p:ProvideCommandLineArgs=true").ThatSucceeded();

        Assert.That(Directory.GetFiles(project.PathOf("obj"), "*objwatch*", SearchOption.AllDirectories), Is.Empty);
    }

    [Test]
    public void A_design_time_build_leaves_what_is_woven()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Build("-p:ObjWatch=true").ThatSucceeded();
        byte[] woven = File.ReadAllBytes(project.IntermediateAssembly);

        project.Dotnet(
            "msbuild", "-t:Compile", "-p:DesignTimeBuild=true", "-p:SkipCompilerExecution=true", "-p:ProvideCommandLineArgs=true")
                .ThatSucceeded();

        Assert.That(File.ReadAllBytes(project.IntermediateAssembly), Is.EqualTo(woven));
    }

    /// <summary>A build node lives on after its build: an assembly that it has loaded cannot be replaced on Windows, and an old one would
    /// go on weaving.</summary>
    [Test]
    [Platform("Linux", Reason = "what a process has loaded is read in /proc")]
    public void A_build_node_loads_nothing_of_ObjWatch()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.Write("Directory.Build.targets", """
            <Project>
              <Target Name="Look" AfterTargets="ObjWatchWeave">
                <Exec Command="cat /proc/$PPID/maps > loaded.txt" />
              </Target>
            </Project>
            """);

        project.Build("-p:ObjWatch=true").ThatSucceeded();

        string loaded = File.ReadAllText(project.PathOf("loaded.txt"));
        Assert.That(loaded, Does.Contain("/Microsoft.Build.dll").And.Not.Contain("/ObjWatch."));
    }
}
