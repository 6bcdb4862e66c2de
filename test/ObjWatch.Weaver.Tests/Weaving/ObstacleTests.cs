using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection.Metadata;
using System.Reflection.PortableExecutable;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>What keeps one method from being woven keeps no other.</summary>
public sealed class ObstacleTests : WeaverFixture
{
    private const string Library = "namespace Lib { public struct Point { public int X; } public class Shape { public int Corners; } }";

    private const string Source = """
        public class Painter
        {
            private int _count;
            public void Paint() { Lib.Point point = default; point.X = 3; _count += point.X; Show(point); }
            private static void Show(Lib.Point point) { }
            public void Count() => _count++;
            public static void Main(string[] args)
            {
                var painter = new Painter();
                painter.Count();
                painter.Count();
                System.Console.WriteLine(painter._count);
                try { if (args.Length > 0) painter.Paint(); System.Console.WriteLine("painted"); }
                catch (System.Exception e) when (e is System.InvalidProgramException or System.BadImageFormatException)
                { System.Console.WriteLine("refused"); }
            }
        }
        """;

    [Test]
    public void A_method_that_needs_an_assembly_that_is_not_there_is_named_and_left([Values] bool optimize)
    {
        CompiledProgram library = Compiler.Compile("Library", Library, optimize, PathOf("library"));
        CompiledProgram program = Compiler.Compile("App", Source, optimize, Folder, library.AssemblyPath);
        File.Delete(PathOf("Library.dll"));
        RuntimeLibraries.CopyTo(Folder);

        WeaveResult result = Weave(program.AssemblyPath);

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
        IEnumerable<string> said = result.Diagnostics.Where(diagnostic => diagnostic.Code == "OBJW0104")
            .Select(diagnostic => diagnostic.Message);
        Assert.That(said, Has.Some.StartsWith("Painter.Show(Point) needs Library, Version=0.0.0.0"));
        Assert.That(result.Methods.Where(method => method.Reason == "missing-reference")
            .Select(method => method.Method), Is.SubsetOf(new[] { "Painter.Paint()", "Painter.Show(Point)" }).And.Not.Empty);
        Assert.That(result.Methods.Single(method => method.Method == "Painter.Count()").Woven, Is.True);
        ProcessResult run = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);
        Assert.That(run.OutputLines, Is.EqualTo(new[] { "2", "painted" }), run.Error);
        Assert.That(File.ReadAllText(PathOf("App.objwatch")), Does.Contain("upd Painter._count 1 -> 2"));
    }

    [TestCase("387F7F7F00", TestName = "branch far behind the end")]
    [TestCase("2B80", TestName = "branch before the beginning")]
    [TestCase("2B03204242424226", TestName = "branch into an operand")]
    [TestCase("45FFFFFF7F", TestName = "switch with two thousand million arms")]
    [TestCase("4502000000", TestName = "switch whose arms are not all there")]
    [TestCase("A6", TestName = "no such instruction")]
    [TestCase("FE7F", TestName = "no such long instruction")]
    [TestCase("28FFFF000A", TestName = "call of nothing")]
    [TestCase("28FFFFFF70", TestName = "call of a text")]
    [TestCase("7DFFFF0004", TestName = "store to no field")]
    [TestCase("11C8", TestName = "load of no local")]
    [TestCase("0EC8", TestName = "load of no argument")]
    [TestCase("D0FFFF000226", TestName = "no such type")]
    [TestCase("29FFFF0011", TestName = "no such signature")]
    public void A_method_with_bytes_that_are_no_code_is_left(string bytes)
    {
        CompiledProgram program =
            Compiler.Compile("App", Source.Replace("Lib.Point", "(int X, int Y)", StringComparison.Ordinal), optimize: true, Folder);
        byte[] code = Convert.FromHexString(bytes);
        Damage(program.AssemblyPath, "Paint", code);

        WeaveResult result = Weave(program.AssemblyPath);

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
        Assert.That(result.Methods.Single(method => method.Method == "Painter.Paint()").Reason, Is.EqualTo("unusual-code"));
        Assert.That(result.Diagnostics.Where(diagnostic => diagnostic.Code == "OBJW0302")
            .Select(diagnostic => diagnostic.Message), Has.One.Contains("Painter.Paint()"));
        Assert.That(result.Methods.Single(method => method.Method == "Painter.Count()").Woven, Is.True);
        RuntimeLibraries.CopyTo(Folder);
        Assert.That(ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder).OutputLines, Is.EqualTo(new[] { "2", "painted" }));
        Assert.That(ProgramRunner.Run(program.AssemblyPath, ["paint"], workingDirectory: Folder)
            .OutputLines, Is.EqualTo(new[] { "2", "refused" }));
    }

    /// <summary>What obfuscators put behind a branch that is always taken. The runtime never sees it.</summary>
    [TestCase("2B0528FFFF000A1C2A", TestName = "call of nothing that nobody reaches")]
    [TestCase("2B01A61C2A", TestName = "no such instruction that nobody reaches")]
    [TestCase("2B0211C81C2A", TestName = "load of no local that nobody reaches")]
    public void A_method_with_unreachable_bytes_that_are_no_code_does_what_it_did(string bytes)
    {
        const string Text =
            "class P { static int Seven() { return System.Environment.ProcessId + System.Environment.TickCount; } static void Main() { "
            + "System.Console.WriteLine(Seven()); } }";
        CompiledProgram program = Compiler.Compile("App", Text, optimize: true, Folder);
        byte[] code = new byte[12];
        Convert.FromHexString(bytes).CopyTo(code, 0);
        code[^1] = 0x2A;
        Damage(program.AssemblyPath, "Seven", code);
        Assert.That(ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder).Output.Trim(), Is.EqualTo("6"));

        WeaveResult result = Weave(program.AssemblyPath);

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
        Assert.That(result.Methods.Single(method => method.Method == "P.Seven()").Reason, Is.EqualTo("unusual-code"));
        RuntimeLibraries.CopyTo(Folder);
        Assert.That(ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder).Output.Trim(), Is.EqualTo("6"));
    }

    /// <summary>The standard has a prefix <c>no.</c>, which .NET has never implemented.</summary>
    [Test]
    public void A_prefix_that_the_runtime_does_not_know_changes_nothing()
    {
        const string Text = """
            class P
            {
                static int s_seven = 7;
                static int Seven() => s_seven + System.Environment.TickCount;
                static void Main()
                {
                    try { System.Console.WriteLine(Seven()); }
                    catch (System.InvalidProgramException) { System.Console.WriteLine("refused"); }
                }
            }
            """;
        CompiledProgram program = Compiler.Compile("App", Text, optimize: true, Folder);
        Damage(program.AssemblyPath, "Seven", Convert.FromHexString("FE19011C2A")); // no. typecheck; ldc.i4.6; ret
        Assert.That(ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder).Output.Trim(), Is.EqualTo("refused"));

        WeaveResult result = Weave(program.AssemblyPath);

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
        RuntimeLibraries.CopyTo(Folder);
        Assert.That(ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder).Output.Trim(), Is.EqualTo("refused"));
    }

    private static void Damage(string path, string method, byte[] code)
    {
        byte[] image = File.ReadAllBytes(path);
        code.CopyTo(image, StartOf(image, method));
        File.WriteAllBytes(path, image);
    }

    /// <summary>Where the first instruction of a method lies in the file.</summary>
    private static int StartOf(byte[] image, string method)
    {
        using var reader = new PEReader(new MemoryStream(image));
        MetadataReader metadata = reader.GetMetadataReader();
        int address = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition)
            .Single(definition => metadata.GetString(definition.Name) == method).RelativeVirtualAddress;
        int start = reader.PEHeaders.SectionHeaders[0].PointerToRawData + address - reader.PEHeaders.SectionHeaders[0].VirtualAddress;
        return start + ((image[start] & 3) == 2 ? 1 : 12);
    }
}
