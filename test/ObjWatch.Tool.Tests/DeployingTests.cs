using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Tool.Tests;

/// <summary>What a program has stays as it is; the runtime library and what it needs is only ever added.</summary>
public sealed class DeployingTests : ToolFixture
{
    private const string Library = "Microsoft.Extensions.Logging.Abstractions";
    private const string LibraryFile = Library + ".dll";

    [Test]
    public void A_library_that_the_program_has_stays_whatever_its_version([Values("2.0.0.0", "6.0.0.0", "99.0.0.0")] string version,
        [Values] bool isDescribed)
    {
        CompileApp();
        WriteLibrary(version);
        string described = isDescribed ? Describe(version) : Describe(null);
        IReadOnlyDictionary<string, byte[]> before = Snapshot();

        ProcessResult result = RunTool("App.dll");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
        string[] changed = [PathOf("App.dll"), PathOf("App.pdb"), PathOf("App.deps.json")];
        Assert.That(before.Keys.Where(path => !File.ReadAllBytes(path).SequenceEqual(before[path])), Is.SubsetOf(changed));
        AssertOnlyAdded(described, isDescribed ? ["ObjWatch.Runtime", "ObjWatch.Trace"] : ["ObjWatch.Runtime", "ObjWatch.Trace", Library]);
    }

    [Test]
    public void A_library_that_is_too_old_stops_the_weaving_and_nothing_is_written([Values("App.dll", "App.dll -o out")] string arguments)
    {
        CompileApp();
        WriteLibrary("1.1.2.0");
        Describe("1.1.2.0");
        IReadOnlyDictionary<string, byte[]> before = Snapshot();

        ProcessResult result = RunTool(arguments.Split(' '));

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines.Single(),
            Does.Contain(LibraryFile + " : error OBJW0506: ").And.Contain("1.1.2.0").And.Contain("2.0.0.0"));
        AssertUntouched(before);
        Assert.That(PathOf("out"), Does.Not.Exist);
    }

    [Test]
    public void A_runtime_library_of_another_version_stops_the_weaving([Values("ObjWatch.Runtime", "ObjWatch.Trace")] string name,
        [Values("0.0.9.0", "99.0.0.0")] string version)
    {
        CompileApp();
        WriteLibrary(version, name);
        IReadOnlyDictionary<string, byte[]> before = Snapshot();

        ProcessResult result = RunTool("App.dll");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines.Single(), Does.Contain(name + ".dll : error OBJW0507: ").And.Contain(version));
        AssertUntouched(before);
    }

    [Test]
    public void Half_a_runtime_library_of_the_same_version_is_completed([Values("ObjWatch.Runtime.dll", "ObjWatch.Trace.dll")] string half)
    {
        CompileApp();
        File.Copy(RuntimeLibraries.Paths.Single(path => Path.GetFileName(path) == half), PathOf(half));

        Assert.That(RunTool("App.dll").ExitCode, Is.Zero);

        Assert.That(ProgramRunner.Run(PathOf("App.dll"), workingDirectory: Folder).OutputLines, Is.EqualTo(new[] { "value 2" }));
        Assert.That(PathOf("App.objwatch"), Does.Exist);
    }

    [Test]
    public void A_given_runtime_library_brings_what_lies_beside_it()
    {
        CompileApp();
        Directory.CreateDirectory(PathOf("given"));
        RuntimeLibraries.CopyTo(PathOf("given"));

        Assert.That(RunTool("App.dll", "--runtime", "given/ObjWatch.Runtime.dll").ExitCode, Is.Zero);

        foreach (string path in RuntimeLibraries.Paths)
            Assert.That(File.ReadAllBytes(PathOf(Path.GetFileName(path))), Is.EqualTo(File.ReadAllBytes(path)));
    }

    [Test]
    public void Half_a_runtime_library_is_not_put_beside_a_program()
    {
        CompileApp();
        Directory.CreateDirectory(PathOf("given"));
        File.Copy(RuntimeLibraries.Paths[0], PathOf("given/ObjWatch.Runtime.dll"));
        IReadOnlyDictionary<string, byte[]> before = Snapshot();

        ProcessResult result = RunTool("App.dll", "--runtime", "given/ObjWatch.Runtime.dll");

        Assert.That(result.ExitCode, Is.EqualTo(1));
        Assert.That(result.ErrorLines.Single(), Does.Contain("ObjWatch.Trace.dll : error OBJW0110: "));
        AssertUntouched(before);
    }

    [Test]
    public void An_output_folder_gets_the_programs_own_library()
    {
        CompileApp();
        WriteLibrary("6.0.0.0");

        Assert.That(RunTool("App.dll", "-o", "out").ExitCode, Is.Zero);

        Assert.That(File.ReadAllBytes(PathOf("out/" + LibraryFile)), Is.EqualTo(File.ReadAllBytes(PathOf(LibraryFile))));
    }

    [Test]
    public void What_lies_in_the_output_folder_stays()
    {
        CompileApp();
        WriteLibrary("6.0.0.0", directory: PathOf("out"));
        byte[] former = File.ReadAllBytes(PathOf("out/" + LibraryFile));

        Assert.That(RunTool("App.dll", "-o", "out").ExitCode, Is.Zero);

        Assert.That(File.ReadAllBytes(PathOf("out/" + LibraryFile)), Is.EqualTo(former));
    }

    [Test]
    public void A_library_that_the_framework_brings_is_not_put_beside_the_program()
    {
        string shared =
            Path.GetFullPath(
                Path.Combine(Path.GetDirectoryName(typeof(object).Assembly.Location)!, "..", "..", "Microsoft.AspNetCore.App"));
        Assume.That(shared, Does.Exist, "the ASP.NET Core runtime is not installed");
        CompileApp();
        string described = Describe(null);
        File.WriteAllText(
            PathOf("App.runtimeconfig.json"),
            """
            { "runtimeOptions": { "framework": { "name": "Microsoft.AspNetCore.App", "version": "8.0.0" }, "rollForward": "Major" } }
            """);

        Assert.That(RunTool("App.dll").ExitCode, Is.Zero);

        Assert.That(PathOf(LibraryFile), Does.Not.Exist);
        AssertOnlyAdded(described, ["ObjWatch.Runtime", "ObjWatch.Trace"]);
        Assert.That(ProgramRunner.Run(PathOf("App.dll"), workingDirectory: Folder).OutputLines, Is.EqualTo(new[] { "value 2" }));
    }

    [Test]
    public void A_library_in_a_package_folder_is_not_hidden_by_another_copy()
    {
        CompileApp();
        WriteLibrary("6.0.0.0", directory: PathOf($"packages/{Library}/6.0.0/lib"));
        Describe("6.0.0", $$""", "path": "{{Library}}/6.0.0" """);
        File.WriteAllText(
            PathOf("App.runtimeconfig.dev.json"),
            $$"""{ "runtimeOptions": { "additionalProbingPaths": ["{{PathOf("packages").Replace('\\', '/')}}"] } }""");

        Assert.That(RunTool("App.dll").ExitCode, Is.Zero);

        Assert.That(PathOf(LibraryFile), Does.Not.Exist);
    }

    private void WriteLibrary(string version, string name = Library, string? directory = null) => Compiler.Compile(new CompileRequest
    {
        Name = name,
        Sources = new Dictionary<string, string> { ["Library.cs"] = $"[assembly: System.Reflection.AssemblyVersion(\"{version}\")]" },
        Directory = directory ?? Folder,
        Symbols = SymbolForm.None,
    });

    /// <summary>Writes a deps.json, with the library if a version is given.</summary>
    private string Describe(string? version, string path = "")
    {
        string runtime = version is null ? "" : $$""", "{{Library}}/{{version}}": { "runtime": { "lib/{{LibraryFile}}": {} } }""";
        string library = version is null
            ? "" : $$""", "{{Library}}/{{version}}": { "type": "package", "serviceable": true, "sha512": ""{{path}} }""";
        string text = $$"""
            {
              "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0", "signature": "" },
              "targets": { ".NETCoreApp,Version=v10.0": { "App/1.0.0": { "runtime": { "App.dll": {} } }{{runtime}} } },
              "libraries": { "App/1.0.0": { "type": "project", "serviceable": false, "sha512": "" }{{library}} }
            }
            """;
        File.WriteAllText(PathOf("App.deps.json"), text);
        return text;
    }

    /// <summary>Checks that the deps.json names these libraries more than before, and is otherwise the same.</summary>
    private void AssertOnlyAdded(string before, string[] names)
    {
        JsonNode after = JsonNode.Parse(File.ReadAllText(PathOf("App.deps.json")))!;
        foreach (JsonObject members in new[] { after["targets"]![".NETCoreApp,Version=v10.0"]!.AsObject(), after["libraries"]!.AsObject() })
        {
            string[] added =
                [.. members.Select(member => member.Key).Where(key => !before.Contains($"\"{key}\"", StringComparison.Ordinal))];
            Assert.That(added.Select(key => key.Split('/')[0]), Is.EquivalentTo(names));
            foreach (string key in added)
                members.Remove(key);
        }

        Assert.That(after.ToJsonString(), Is.EqualTo(JsonNode.Parse(before)!.ToJsonString()));
    }
}
