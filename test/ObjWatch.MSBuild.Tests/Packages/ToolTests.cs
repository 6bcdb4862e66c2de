using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
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

    [TestCase("net10.0", "Microsoft.Extensions.Logging", "6.0.0", "--no-self-contained")]
    [TestCase("net10.0", "Microsoft.Extensions.Logging", "6.0.0", "--self-contained")]
    [TestCase("net8.0", "Microsoft.Extensions.Logging.Abstractions", "2.0.0", "--no-self-contained")]
    [TestCase("net6.0", "Microsoft.Extensions.Logging", "3.1.8", "--no-self-contained")]
    [TestCase("net10.0", "Microsoft.Extensions.Logging", "11.0.0", "--no-self-contained")]
    public void A_published_program_keeps_the_libraries_that_it_has(string framework, string package, string version, string publish)
    {
        using ScratchProject project = ScratchProject.Counter();
        project.WriteProject(
            "<CheckEolTargetFramework>false</CheckEolTargetFramework><UseAppHost>false</UseAppHost>"
            + "<RollForward>Major</RollForward><LangVersion>latest</LangVersion>",
            $"<PackageReference Include=\"{package}\" Version=\"{version}\" />");
        project.Write("App.csproj", File.ReadAllText(project.PathOf("App.csproj")).Replace("net10.0", framework, StringComparison.Ordinal));
        project.Write("Use.cs",
            "internal static class Use { public static object It(Microsoft.Extensions.Logging.ILogger logger) => logger; }");
        string weave = Install(project, "ObjWatch.Tool", "objwatch-weave");
        string[] runtime = publish == "--self-contained" ? ["-r", RuntimeInformation.RuntimeIdentifier, "-p:UseAppHost=true"] : [];
        project.Dotnet(["publish", publish, "-o", "published", .. runtime]).ThatSucceeded();
        Dictionary<string, byte[]> before = Directory.GetFiles(project.PathOf("published")).ToDictionary(path => path, File.ReadAllBytes);

        Command.Run(project.Folder, weave, "published/App.dll").ThatSucceeded();
        CommandResult run = publish == "--self-contained"
            ? Command.Run(project.Folder, project.PathOf("published", OperatingSystem.IsWindows() ? "App.exe" : "App")).ThatSucceeded()
            : project.Dotnet("published/App.dll").ThatSucceeded();

        Assert.That(run.Output, Is.EqualTo("counted" + Environment.NewLine));
        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
        string[] woven = [.. new[] { "App.dll", "App.pdb", "App.deps.json" }.Select(name => project.PathOf("published", name))];
        Assert.That(before.Keys.Except(woven).Where(path => !File.ReadAllBytes(path).SequenceEqual(before[path])), Is.Empty);
        Assert.That(Directory.GetFiles(project.PathOf("published")).Except(before.Keys).Select(Path.GetFileName),
            Is.EquivalentTo(["ObjWatch.Runtime.dll", "ObjWatch.Trace.dll"]));
    }

    [Test]
    public void A_program_for_NET_Framework_gets_the_build_for_it()
    {
        using ScratchProject project = ScratchProject.Counter();
        project.WriteProject("<LangVersion>latest</LangVersion>", references: "");
        project.Write("App.csproj", File.ReadAllText(project.PathOf("App.csproj")).Replace("net10.0", "net472", StringComparison.Ordinal));
        string weave = Install(project, "ObjWatch.Tool", "objwatch-weave");
        project.Dotnet("publish", "-o", "published").ThatSucceeded();

        Command.Run(project.Folder, weave, "published/App.exe").ThatSucceeded();

        NetFrameworkTests.IgnoreWithoutMono();
        CommandResult run = Command.Run(project.Folder, NetFrameworkTests.Mono, project.PathOf("published", "App.exe")).ThatSucceeded();
        Assert.That(run.Output, Is.EqualTo("counted" + Environment.NewLine));
        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    [Test]
    public void A_tool_is_packed_woven()
    {
        using ScratchProject project =
            ScratchProject.Counter("<PackAsTool>true</PackAsTool><ToolCommandName>count</ToolCommandName><Version>1.2.3</Version>");

        project.Dotnet("pack", "-p:ObjWatch=true", "-o", "made").ThatSucceeded();
        project.Dotnet("tool", "install", "App", "--version", "1.2.3", "--tool-path", "tools", "--add-source", project.PathOf("made"))
            .ThatSucceeded();
        Command.Run(project.Folder, project.PathOf("tools", OperatingSystem.IsWindows() ? "count.exe" : "count")).ThatSucceeded();

        Assert.That(project.Events(), Has.Some.Contains("upd Counter._value 0 -> 42"));
    }

    private static string Install(ScratchProject project, string package, string command)
    {
        project.Dotnet("tool", "install", package, "--version", Feed.Version, "--tool-path", "tools").ThatSucceeded();
        return Path.Combine(project.Folder, "tools", OperatingSystem.IsWindows() ? command + ".exe" : command);
    }
}
