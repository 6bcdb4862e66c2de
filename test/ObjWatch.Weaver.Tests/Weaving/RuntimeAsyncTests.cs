using System.IO;
using System.Linq;
using Mono.Cecil;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>A method compiled for the async of the runtime has no state machine and returns the bare result: it is left alone, for itself.</summary>
public sealed class RuntimeAsyncTests : WeaverFixture
{
    private const MethodImplAttributes Async = (MethodImplAttributes)0x2000;

    [Test]
    public void Such_a_method_stays_as_it_is_and_the_others_are_woven()
    {
        CompiledProgram program = Compiler.Compile("Marked", "class C { int _n; void Marked() => _n = 1; void Plain() => _n = 2; }", optimize: true, Folder);
        File.Delete(program.SymbolsPath!);
        Edit(program.AssemblyPath, method => method.ImplAttributes |= Async);

        WeaveResult result = Weave(program.AssemblyPath);

        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven));
        Assert.That(result.Methods.Single(m => m.Method.Contains("Marked", System.StringComparison.Ordinal)).Reason, Is.EqualTo("runtime-async"));
        Assert.That(result.Methods.Single(m => m.Method.Contains("Plain", System.StringComparison.Ordinal)).Woven);
        Edit(program.AssemblyPath, method => Assert.That(method.Body.Instructions, Has.Count.EqualTo(4)));
    }

    private static void Edit(string path, System.Action<MethodDefinition> edit)
    {
        using var image = new MemoryStream(File.ReadAllBytes(path));
        using ModuleDefinition module = ModuleDefinition.ReadModule(image);
        edit(module.GetType("C").Methods.Single(m => m.Name == "Marked"));
        module.Write(path);
    }
}
