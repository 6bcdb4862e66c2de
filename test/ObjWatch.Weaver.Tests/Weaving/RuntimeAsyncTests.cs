using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>A method compiled for the async of the runtime has no state machine and returns the bare result: it is left alone, for
/// itself.</summary>
public sealed class RuntimeAsyncTests : WeaverFixture
{
    private const string Source = """
        #pragma warning disable SYSLIB5007 // still for evaluation only
        using System;
        using System.Threading.Tasks;
        class P
        {
            int _sum;
            void Set(int value) => _sum = value;
            async Task<int> AddAsync(int x) { await Task.Yield(); Set(_sum + x); return _sum; }
            async Task FailAsync() { await Task.Delay(1); throw new TimeoutException("late"); }
            static async Task Main()
            {
                var p = new P();
                Console.WriteLine(await p.AddAsync(7));
                try { await p.FailAsync(); } catch (TimeoutException e) { Console.WriteLine(e.Message); }
            }
        }
        """;

    private const MethodImplAttributes Async = (MethodImplAttributes)0x2000;

    [Test]
    public void Such_a_method_stays_as_it_is_and_the_others_are_woven()
    {
        CompiledProgram program =
            Compiler.Compile("Marked", "class C { int _n; void Marked() => _n = 1; void Plain() => _n = 2; }", optimize: true, Folder);
        File.Delete(program.SymbolsPath!);
        Edit(program.AssemblyPath, method => method.ImplAttributes |= Async);

        WeaveResult result = Weave(program.AssemblyPath);

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven));
        Assert.That(result.Methods.Single(m => m.Method.Contains("Marked", System.StringComparison.Ordinal))
            .Reason, Is.EqualTo("runtime-async"));
        Assert.That(result.Methods.Single(m => m.Method.Contains("Plain", System.StringComparison.Ordinal)).Woven);
        Edit(program.AssemblyPath, method => Assert.That(method.Body.Instructions, Has.Count.EqualTo(4)));
    }

    [Test]
    public void A_program_of_such_methods_does_what_it_did([Values] bool optimize)
    {
        CompiledProgram program = Compiler.Compile(new CompileRequest
        {
            Name = "App",
            Sources = new Dictionary<string, string> { ["App.cs"] = Source },
            Directory = Folder,
            Optimize = optimize,
            RuntimeAsync = true,
        });
        var environment = new Dictionary<string, string?> { ["DOTNET_RuntimeAsync"] = "1" };
        ProcessResult plain = ProgramRunner.Run(program.AssemblyPath, environment: environment, workingDirectory: Folder);
        Assert.That(plain.OutputLines, Is.EqualTo(new[] { "7", "late" }), plain.Error);

        WeaveResult result = Weave(program.AssemblyPath);

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven));
        Assert.That(result.Methods.Where(m => m.Reason == "runtime-async")
            .Select(m => m.Method), Is.EquivalentTo(new[] { "P.Main()", "P.AddAsync(int)", "P.FailAsync()" }));
        RuntimeLibraries.CopyTo(Folder);
        ProcessResult woven = ProgramRunner.Run(program.AssemblyPath, environment: environment, workingDirectory: Folder);
        Assert.That(woven.Output, Is.EqualTo(plain.Output), woven.Error);
        Assert.That(File.ReadAllText(PathOf("App.objwatch")), Does.Contain("upd P._sum 0 -> 7").And.Contain("end P.Set -> void")
            .And.Not.Contain("AddAsync"));
    }

    private static void Edit(string path, System.Action<MethodDefinition> edit)
    {
        using var image = new MemoryStream(File.ReadAllBytes(path));
        using ModuleDefinition module = ModuleDefinition.ReadModule(image);
        edit(module.GetType("C").Methods.Single(m => m.Name == "Marked"));
        module.Write(path);
    }
}
