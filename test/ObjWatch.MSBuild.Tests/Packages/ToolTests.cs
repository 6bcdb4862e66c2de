using System;
using System.IO;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests.Packages;

/// <summary>The two .NET tools, installed from their packages, and a tool of the user's.</summary>
internal sealed class ToolTests
{
    [Test]
    public void A_published_program_is_woven_by_one_tool_and_its_trace_read_by_the_other()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.WriteProject(references: "");
        string weave = Install(project, "ObjWatch.Tool", "objwatch-weave");
        string objwatch = Install(project, "ObjWatch.Cli", "objwatch");
        project.Dotnet("publish", "-o", "published").ThatSucceeded();

        Command.Run(project.Folder, weave, "published/App.dll", "--trace-output", "App.objtrace").ThatSucceeded();
        CommandResult run = project.Dotnet("published/App.dll").ThatSucceeded();
        CommandResult log = Command.Run(project.Folder, objwatch, "log", "App.objtrace").ThatSucceeded();
        CommandResult info = Command.Run(project.Folder, objwatch, "info", "App.objtrace").ThatSucceeded();

        Assert.That(run.Output, Is.EqualTo("counted" + Environment.NewLine));
        Assert.That(log.Output, Does.Contain("upd Counter._value 0 -> 42"));
        Assert.That(info.Output, Does.Contain("App"));
    }

    [Test]
    public void A_tool_is_packed_woven()
    {
        using ScratchProject project = ScratchProject.Counter("<PackAsTool>true</PackAsTool><ToolCommandName>count</ToolCommandName><Version>1.2.3</Version>");

        project.Dotnet("pack", "-p:ObjWatch=true", "-o", "made").ThatSucceeded();
        project.Dotnet("tool", "install", "App", "--version", "1.2.3", "--tool-path", "tools", "--add-source", project.PathOf("made")).ThatSucceeded();
        Command.Run(project.Folder, project.PathOf("tools", OperatingSystem.IsWindows() ? "count.exe" : "count")).ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    private static string Install(ScratchProject project, string package, string command)
    {
        project.Dotnet("tool", "install", package, "--version", Feed.Version, "--tool-path", "tools").ThatSucceeded();
        return Path.Combine(project.Folder, "tools", OperatingSystem.IsWindows() ? command + ".exe" : command);
    }
}
