using System.Collections.Generic;
using System.IO;
using System.Linq;
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
            public static void Main() { var painter = new Painter(); painter.Count(); painter.Count(); System.Console.WriteLine(painter._count); }
        }
        """;

    [Test]
    public void A_method_that_needs_an_assembly_that_is_not_there_is_named_and_left([Values] bool optimize)
    {
        CompiledProgram library = Compiler.Compile("Library", Library, optimize, PathOf("library"));
        CompiledProgram program = Compiler.Compile("App", Source, optimize, Folder, library.AssemblyPath);
        File.Delete(PathOf("Library.dll"));
        foreach (string path in Directory.GetFiles(Path.GetDirectoryName(RuntimePath)!, "*.dll").Where(path => Path.GetFileName(path) is "ObjWatch.Runtime.dll" or "Microsoft.Extensions.Logging.Abstractions.dll"))
            File.Copy(path, PathOf(Path.GetFileName(path)));

        WeaveResult result = Weave(program.AssemblyPath);

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
        IEnumerable<string> said = result.Diagnostics.Where(diagnostic => diagnostic.Code == "OBJW0104").Select(diagnostic => diagnostic.Message);
        Assert.That(said, Has.Some.StartsWith("Painter.Show(Point) needs Library, Version=0.0.0.0"));
        Assert.That(result.Methods.Where(method => method.Reason == "missing-reference").Select(method => method.Method), Is.SubsetOf(new[] { "Painter.Paint()", "Painter.Show(Point)" }).And.Not.Empty);
        Assert.That(result.Methods.Single(method => method.Method == "Painter.Count()").Woven, Is.True);
        ProcessResult run = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);
        Assert.That(run.Output.Trim(), Is.EqualTo("2"), run.Error);
        Assert.That(File.ReadAllText(PathOf("App.objwatch")), Does.Contain("upd Painter._count 1 -> 2"));
    }

    [Test]
    public void A_method_with_bytes_that_are_no_code_is_left()
    {
        CompiledProgram program = Compiler.Compile("App", Source.Replace("Lib.Point", "(int X, int Y)", System.StringComparison.Ordinal), optimize: true, Folder);
        Damage(program.AssemblyPath, "Paint");

        WeaveResult result = Weave(program.AssemblyPath);

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
        Assert.That(result.Methods.Single(method => method.Method == "Painter.Paint()").Reason, Is.EqualTo("unusual-code"));
        Assert.That(result.Methods.Single(method => method.Method == "Painter.Count()").Woven, Is.True);
    }

    private static void Damage(string path, string method)
    {
        byte[] image = File.ReadAllBytes(path);
        using (var reader = new System.Reflection.PortableExecutable.PEReader(new MemoryStream(image)))
        {
            var metadata = System.Reflection.Metadata.PEReaderExtensions.GetMetadataReader(reader);
            int address = metadata.MethodDefinitions.Select(metadata.GetMethodDefinition).Single(definition => metadata.GetString(definition.Name) == method).RelativeVirtualAddress;
            int start = reader.PEHeaders.SectionHeaders[0].PointerToRawData + address - reader.PEHeaders.SectionHeaders[0].VirtualAddress;
            int header = (image[start] & 3) == 2 ? 1 : 12;
            image[start + header] = 0x38; // br, to somewhere far behind the end
            image[start + header + 1] = 0x7F;
            image[start + header + 2] = 0x7F;
            image[start + header + 3] = 0x7F;
            image[start + header + 4] = 0x00;
        }

        File.WriteAllBytes(path, image);
    }
}
