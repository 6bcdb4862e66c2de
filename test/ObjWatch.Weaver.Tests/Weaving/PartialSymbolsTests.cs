using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>Where a part of an assembly has no debug information, that part is traced without lines, and everything else as ever.</summary>
public sealed class PartialSymbolsTests : WeaverFixture
{
    private const string Seen = """
        class Seen
        {
            int _count;
            public void Up(Unseen other)
            {
                int twice = _count + 2;
                _count = twice;
                other.Up(twice);
            }
            static async System.Threading.Tasks.Task Main()
            {
                var seen = new Seen();
                seen.Up(new Unseen());
                System.Console.WriteLine(await new Unseen().LaterAsync(3));
                try { new Unseen().Fail(); }
                catch (System.InvalidOperationException e) { System.Console.WriteLine(e.Message + string.Concat(new Unseen().Two())); }
            }
        }
        """;

    private const string Unseen = """
        using System.Collections.Generic;
        class Unseen
        {
            int _total;
            List<int> _all = new();
            public void Up(int by)
            {
                int sum = _total + by;
                _total = sum;
                _all.Add(sum);
            }
            public async System.Threading.Tasks.Task<int> LaterAsync(int x)
            {
                await System.Threading.Tasks.Task.Yield();
                _total = x;
                return x + 1;
            }
            public IEnumerable<int> Two()
            {
                yield return _total;
                _total = 8;
                yield return _total;
            }
            public void Fail()
            {
                _total++;
                throw new System.InvalidOperationException("no" + _total);
            }
        }
        """;

    [Test]
    public void A_file_with_hidden_lines_only([Values] bool optimize)
    {
        CompiledProgram program = Compile("#line hidden\n" + Unseen, optimize);

        Check(program);
    }

    [Test]
    public void Methods_that_the_symbols_do_not_know([Values] bool optimize)
    {
        CompiledProgram program = Compile(Unseen, optimize);
        Strip(program.AssemblyPath);

        Check(program);
    }

    private void Check(CompiledProgram program)
    {
        string before = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder).Output;
        RuntimeLibraries.CopyTo(Folder);

        WeaveResult result = new AssemblyWeaver().Weave(Request(program.AssemblyPath) with { Locals = true });

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
        Assert.That(result.Methods.Where(method => method.Reason == "unusual-code"), Is.Empty);
        ProcessResult run = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);
        Assert.That(run.Output, Is.EqualTo(before).And.Contain("no1"), run.Error);
        TextTrace trace = TextTrace.Read(PathOf("App.objwatch"));
        Assert.That(trace.Malformed, Is.Empty);
        Assert.That(trace.Ends, Is.EqualTo(trace.Runs));
        string[] lines = [.. EventLines.Of(PathOf("App.objwatch"))];
        Assert.That(lines, Has.Some.EqualTo("    6     upd _.twice 0 -> 2").And.Some.EqualTo("    7     upd Seen._count 0 -> 2 #1")
            .And.Some.EqualTo("    8     run Unseen.Up <- 'this':Unseen#2, 'by':2"));
        Assert.That(lines, Has.Some.Contains(" upd Unseen._total 0 -> 2 #2").And.Some.Contains(" apd Unseen._all (List<int>)(len)0 -> 1 #2")
            .And.Some.Contains(" end Unseen.LaterAsync -> 4").And.Some.Contains(" awt Unseen.Two -> 8")
            .And.Some.Contains(" end Unseen.Fail -> !InvalidOperationException: no1"));
    }

    private CompiledProgram Compile(string unseen, bool optimize) => Compiler.Compile(new CompileRequest
    {
        Name = "App",
        Sources = new Dictionary<string, string> { ["Seen.cs"] = Seen, ["Unseen.cs"] = unseen },
        Optimize = optimize,
        Directory = Folder,
    });

    /// <summary>As if a tool had put the type into the assembly after it was compiled.</summary>
    private static void Strip(string path)
    {
        using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(path)), new ReaderParameters
        {
            ReadSymbols = true, SymbolReaderProvider = new PortablePdbReaderProvider(),
                SymbolStream = new MemoryStream(File.ReadAllBytes(Path.ChangeExtension(path, ".pdb"))),
        });
        foreach (MethodDefinition method in module.GetTypes()
            .Where(type => type.FullName.StartsWith("Unseen", System.StringComparison.Ordinal)).SelectMany(type => type.Methods))
        {
            method.CustomDebugInformations.Clear();
            method.DebugInformation.SequencePoints.Clear();
            method.DebugInformation.Scope = null;
        }

        module.Write(path, new WriterParameters { WriteSymbols = true, SymbolWriterProvider = new PortablePdbWriterProvider() });
    }
}
