using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json.Nodes;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Tool.Tests;

/// <summary>What objwatch-weave does to a program.</summary>
public sealed class WeavingTests : ToolFixture
{
    private const string DependenciesJson = """
        {
          "runtimeTarget": { "name": ".NETCoreApp,Version=v10.0", "signature": "" },
          "compilationOptions": {},
          "targets": { ".NETCoreApp,Version=v10.0": { "App/1.0.0": { "runtime": { "App.dll": {} } } } },
          "libraries": { "App/1.0.0": { "type": "project", "serviceable": false, "sha512": "" } }
        }
        """;

    [Test]
    public void A_woven_program_runs_as_it_is([Values] bool hasDependenciesFile, [Values] SymbolForm symbols)
    {
        CompiledProgram program = CompileApp(symbols);
        if (hasDependenciesFile)
            File.WriteAllText(PathOf("App.deps.json"), DependenciesJson);
        ProcessResult before = ProgramRunner.Run(program.AssemblyPath);

        ProcessResult result = RunTool("App.dll");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.Error, symbols == SymbolForm.None ? Does.Contain("App.dll : warning OBJW0020: ") : Is.Empty);
        Assert.That(result.OutputLines.Last(),
            Does.Match(@"^objwatch-weave: App\.dll: [1-9]\d* methods traced, \d+ with stores, \d+ left as they were \(\d+\.\d s\)$"));
        ProcessResult after = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);
        Assert.That((after.ExitCode, after.Output), Is.EqualTo((0, before.Output)), after.Error);
    }

    [Test]
    public void The_runtime_library_is_added_to_the_dependencies_file_and_nothing_else_changes()
    {
        CompileApp();
        File.WriteAllText(PathOf("App.deps.json"), DependenciesJson);

        RunTool("App.dll");

        JsonNode after = JsonNode.Parse(File.ReadAllText(PathOf("App.deps.json")))!;
        JsonObject target = after["targets"]![".NETCoreApp,Version=v10.0"]!.AsObject();
        JsonObject libraries = after["libraries"]!.AsObject();
        Assert.That(target.Select(library => library.Key),
            Has.One.StartsWith("ObjWatch.Runtime/").And.One.StartsWith("ObjWatch.Trace/").And.One.StartsWith(
                "Microsoft.Extensions.Logging.Abstractions/"));
        Assert.That(libraries.Select(library => library.Key), Is.EquivalentTo(target.Select(library => library.Key)));
        foreach (string added in target.Select(library => library.Key).Where(key => key != "App/1.0.0").ToList())
        {
            Assert.That(PathOf(target[added]!["runtime"]!.AsObject().Single().Key), Does.Exist);
            target.Remove(added);
            libraries.Remove(added);
        }

        Assert.That(after.ToJsonString(), Is.EqualTo(JsonNode.Parse(DependenciesJson)!.ToJsonString()));
    }

    [Test]
    public void Weaving_twice_is_recognised()
    {
        CompileApp();
        File.WriteAllText(PathOf("App.deps.json"), DependenciesJson);
        RunTool("App.dll", "-t", "App:Counter", "--trace-output", "a.json");
        IReadOnlyDictionary<string, byte[]> woven = Snapshot();

        ProcessResult again = RunTool("App.dll", "-t", " App:Counter ;", "--trace-output", "a.json");

        Assert.That((again.ExitCode, again.Error), Is.EqualTo((0, "")));
        Assert.That(again.OutputLines.Single(), Does.StartWith("App.dll : info OBJW0012: "));
        AssertUntouched(woven);
    }

    [Test]
    public void Other_run_options_for_a_woven_assembly_are_a_warning()
    {
        CompileApp();
        RunTool("App.dll", "--trace-output", "a.json");

        ProcessResult again = RunTool("App.dll", "--trace-output", "b.json");

        Assert.That(again.ExitCode, Is.Zero);
        Assert.That(again.ErrorLines.Single(), Does.Contain("warning OBJW0014").And.Contain("Output='a.json'"));
    }

    [TestCase("--maximum-elements", "21", "ObjWatchMaximumElements", "a whole number from 0 to 20")]
    [TestCase("--simple", "maybe", "ObjWatchSimple", "true or false")]
    [TestCase("--level", "loud", "ObjWatchLevel", "Debug, Information or force")]
    [TestCase("--trace-output", "run.json;run.csv", "ObjWatchOutput",
        "file names that end in .objwatch, .json, .trace.json, .xml or .objtrace")]
    public void A_default_that_makes_no_sense_is_a_warning(string name, string value, string property, string expected)
    {
        CompileApp();
        ProcessResult result = RunTool("App.dll", name, value);

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(
            result.ErrorLines,
            Has.Some.EqualTo(
                $"objwatch-weave : warning OBJW0505: '{name} {value}' (in a build {property}) is ignored: the value must be {expected}"));
    }

    [Test]
    public void An_output_folder_gets_a_program_that_runs()
    {
        CompileApp();
        IReadOnlyDictionary<string, byte[]> before = Snapshot();

        ProcessResult result = RunTool("App.dll", "-o", "out");

        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(ProgramRunner.Run(PathOf("out/App.dll"), workingDirectory: Folder).Output, Is.EqualTo("value 2\n").IgnoreCase);
        Assert.That(before.Keys.Where(path => !File.ReadAllBytes(path).SequenceEqual(before[path])), Is.Empty);
    }

    [Test]
    public void Explain_lists_every_method_and_why()
    {
        CompileApp();
        ProcessResult result = RunTool("App.dll", "-t", "App:Counter.Add()", "--explain");
        Assert.That(result.OutputLines, Has.One.StartsWith("woven App.Counter.Add(int, ").And.One.StartsWith("left  App.Program.Main(): "));
    }

    [Test]
    public void A_response_file_holds_an_argument_per_line()
    {
        string spaced = PathOf("a folder");
        Compiler.Compile("App", Source, optimize: false, spaced);
        File.WriteAllLines(PathOf("arguments.rsp"), [Path.Combine(spaced, "App.dll"), "", "-t", "App:Counter"]);

        ProcessResult result = RunTool("@arguments.rsp");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
    }

    [Test]
    public void Several_assemblies_of_a_program_are_woven_together()
    {
        CompiledProgram library =
            Compiler.Compile("Library", "namespace Lib; public class Part { public int Size; public void Grow() => Size++; }", false,
                PathOf("lib"));
        Compiler.Compile("App", "var part = new Lib.Part(); part.Grow(); System.Console.WriteLine(part.Size);", false, Folder,
            library.AssemblyPath);

        ProcessResult result = RunTool("App.dll", "Library.dll");

        Assert.That((result.ExitCode, result.OutputLines.Length), Is.EqualTo((0, 3)).Or.EqualTo((0, 2)), result.Error);
        Assert.That(ProgramRunner.Run(PathOf("App.dll"), workingDirectory: Folder).OutputLines, Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void Symbols_of_another_build_are_a_warning()
    {
        CompileApp();
        Compiler.Compile("App", Source + "// other", optimize: false, PathOf("other"));
        File.Copy(PathOf("other/App.pdb"), PathOf("App.pdb"), overwrite: true);
        byte[] symbols = File.ReadAllBytes(PathOf("App.pdb"));

        ProcessResult result = RunTool("App.dll");

        Assert.That(result.ExitCode, Is.Zero);
        Assert.That(result.ErrorLines.Single(), Does.Contain("App.dll : warning OBJW0021: ").And.Contain("App.pdb"));
        Assert.That(File.ReadAllBytes(PathOf("App.pdb")), Is.EqualTo(symbols));
    }

    [TestCase("Microsoft C/C++ MSF 7.00", "OBJW0022")]
    [TestCase("not a PDB", "OBJW0023")]
    [TestCase("BSJB and then nothing", "OBJW0023")]
    public void Symbols_that_cannot_be_used_are_a_warning(string content, string code)
    {
        CompileApp();
        File.WriteAllText(PathOf("App.pdb"), content);
        ProcessResult result = RunTool("App.dll");
        Assert.That(result.ExitCode, Is.Zero, result.Error);
        Assert.That(result.ErrorLines.Single(), Does.Contain($"App.dll : warning {code}: "));
    }

    [Test]
    public void Without_deployment_only_the_assembly_and_its_symbols_change()
    {
        CompileApp();
        IReadOnlyDictionary<string, byte[]> before = Snapshot();
        Assert.That(RunTool("App.dll", "--no-deploy").ExitCode, Is.Zero);
        IReadOnlyDictionary<string, byte[]> after = Snapshot();
        Assert.That(after.Keys, Is.EquivalentTo(before.Keys));
        Assert.That(after.Keys.Where(path => !after[path].SequenceEqual(before[path])),
            Is.EquivalentTo(new[] { PathOf("App.dll"), PathOf("App.pdb") }));
    }

    [Test]
    public void References_are_found_in_the_package_folders_that_the_program_names()
    {
        CompiledProgram library =
            Compiler.Compile("Shapes", "public struct Point { public int X; }", false, PathOf("packages/shapes/1.0.0/lib/net8.0"));
        Compiler.Compile("App",
            "public class Painter { public Point At; public void Paint() { At = new Point(); } static void Main() { } }", false, Folder,
            library.AssemblyPath);
        File.Delete(PathOf("Shapes.dll"));
        File.WriteAllText(PathOf("App.deps.json"), DependenciesJson
            .Replace("\"runtime\": { \"App.dll\": {} } }",
                "\"runtime\": { \"App.dll\": {} } }, \"Shapes/1.0.0\": { \"runtime\": { \"lib/net8.0/Shapes.dll\": {} } }",
                System.StringComparison.Ordinal)
            .Replace("\"libraries\": {",
                "\"libraries\": { \"Shapes/1.0.0\": { \"type\": \"package\", \"serviceable\": true, \"sha512\": \"\", \"path\": "
                + "\"shapes/1.0.0\" },", System.StringComparison.Ordinal));
        File.WriteAllText(PathOf("App.runtimeconfig.dev.json"),
            $$"""{ "runtimeOptions": { "additionalProbingPaths": ["{{PathOf("packages").Replace('\\', '/')}}"] } }""");

        ProcessResult result = RunTool("App.dll");

        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
    }

    [Test]
    public void Every_program_that_a_library_lies_beside_gets_the_runtime_library()
    {
        CompiledProgram library =
            Compiler.Compile("Library", "public class Part { public int Size; public void Grow() => Size++; }", false, PathOf("lib"));
        foreach (string name in new[] { "One", "Two" })
        {
            Compiler.Compile(name, "var part = new Part(); part.Grow(); System.Console.WriteLine(part.Size);", false, Folder,
                library.AssemblyPath);
            File.WriteAllText(PathOf(name + ".deps.json"), DependenciesJson
                .Replace("App", name, System.StringComparison.Ordinal)
                .Replace("{} } }", "{}, \"Library.dll\": {} } }", System.StringComparison.Ordinal));
        }

        Assert.That(RunTool("Library.dll").ExitCode, Is.Zero);

        foreach (string name in new[] { "One", "Two" })
            Assert.That(ProgramRunner.Run(PathOf(name + ".dll"), workingDirectory: Folder).OutputLines, Is.EqualTo(new[] { "1" }));
    }

    [Test]
    public void A_program_for_an_older_framework_gets_the_build_for_it()
    {
        CompileApp();
        File.WriteAllText(
            PathOf("App.runtimeconfig.json"),
            """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "6.0.0" }, "rollForward": "Major" } }""");

        Assert.That(RunTool("App.dll").ExitCode, Is.Zero);

        foreach (string library in new[] { "ObjWatch.Runtime.dll", "ObjWatch.Trace.dll" })
        {
            using var image = new System.Reflection.PortableExecutable.PEReader(File.OpenRead(PathOf(library)));
            System.Reflection.Metadata.MetadataReader metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(image);
            Assert.That(metadata.AssemblyReferences.Select(reference => metadata.GetString(metadata.GetAssemblyReference(reference).Name)),
                Does.Contain("netstandard"), library);
        }

        ProcessResult run = ProgramRunner.Run(PathOf("App.dll"), workingDirectory: Folder);
        Assert.That((run.ExitCode, run.OutputLines), Is.EqualTo((0, new[] { "value 2" })), run.Error);
    }

    [Test]
    public void An_output_folder_gets_what_was_woven_before()
    {
        CompileApp();
        RunTool("App.dll");

        Assert.That(RunTool("App.dll", "-o", "out").ExitCode, Is.Zero);

        Assert.That(File.ReadAllBytes(PathOf("out/App.dll")), Is.EqualTo(File.ReadAllBytes(PathOf("App.dll"))));
        Assert.That(PathOf("out/App.pdb"), Does.Exist);
    }

    [Test]
    public void References_that_are_given_stand_in_for_a_framework_that_is_not_installed()
    {
        CompileApp();
        File.WriteAllText(PathOf("App.runtimeconfig.json"),
            """{ "runtimeOptions": { "framework": { "name": "Microsoft.NETCore.App", "version": "99.0.0" } } }""");
        ProcessResult result = RunTool("App.dll", "--reference", Path.GetDirectoryName(Framework.ReferenceAssemblies()[0])!);
        Assert.That((result.ExitCode, result.Error), Is.EqualTo((0, "")));
    }
}
