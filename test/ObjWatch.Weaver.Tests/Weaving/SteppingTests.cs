using System.Collections.Generic;
using System.IO;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>What a debugger needs to step over an await, and to show hoisted locals, is still true of a woven method.</summary>
public sealed class SteppingTests : WeaverFixture
{
    private const string Source = """
        using System.Threading.Tasks;

        static class Program
        {
            static async Task Main()
            {
                int first = 1;
                await Task.Yield();
                string second = "s" + first;
                await Task.Delay(
                    first);
                System.Console.WriteLine(second + first);
            }
        }
        """;

    [Test]
    public void Awaits_are_suspended_and_resumed_at_the_same_lines([Values] bool optimize)
    {
        CompiledProgram program = Compiler.Compile("Steps", Source, optimize, Folder);
        Stepping before = Stepping.Of(program.AssemblyPath);
        Assert.That(Weave(program.AssemblyPath).Outcome, Is.EqualTo(WeaveOutcome.Woven));

        Stepping after = Stepping.Of(program.AssemblyPath);

        Assert.That(before.Yields, Has.Count.EqualTo(2));
        // In a Debug build the instrumented copy stands in the same method.
        Assert.That(after.Yields, optimize ? Is.EqualTo(before.Yields) : Is.EquivalentTo(before.Yields.Concat(before.Yields)));
        Assert.That(after.Resumes, optimize ? Is.EqualTo(before.Resumes) : Is.EquivalentTo(before.Resumes.Concat(before.Resumes)));
        Assert.That(after.Catches, Is.EqualTo(before.Catches));
        Assert.That(after.Scopes, Is.EqualTo(before.Scopes));
    }

    /// <summary>The lines at which a method is suspended and resumed, whether its offsets lead to instructions, and how many hoisted locals
    /// it has.</summary>
    private sealed record Stepping(IReadOnlyList<int> Yields, IReadOnlyList<int> Resumes, bool Catches, int Scopes)
    {
        public static Stepping Of(string path)
        {
            using ModuleDefinition module = ModuleDefinition.ReadModule(new MemoryStream(File.ReadAllBytes(path)), new ReaderParameters
            {
                ReadSymbols = true, SymbolReaderProvider = new PortablePdbReaderProvider(),
                SymbolStream = new MemoryStream(File.ReadAllBytes(Path.ChangeExtension(path, ".pdb"))),
            });
            MethodDefinition moveNext = module.GetTypes().SelectMany(t => t.Methods).Single(m => m.Name == "MoveNext");
            HashSet<int> offsets = moveNext.Body.Instructions.Select(i => i.Offset).ToHashSet();
            AsyncMethodBodyDebugInformation stepping = moveNext.CustomDebugInformations.OfType<AsyncMethodBodyDebugInformation>().Single();
            StateMachineScope[] scopes = moveNext.CustomDebugInformations.OfType<StateMachineScopeDebugInformation>()
                .SelectMany(s => s.Scopes).ToArray();
            Assert.That(stepping.Yields.Concat(stepping.Resumes).All(o => offsets.Contains(o.Offset)), "offsets lead to instructions");
            Assert.That(scopes.All(s => offsets.Contains(s.Start.Offset)), "scopes begin at instructions");
            Assert.That(stepping.ResumeMethods, Is.All.EqualTo(moveNext));
            bool catches = stepping.CatchHandler.Offset >= 0
                && moveNext.Body.ExceptionHandlers.Any(h => h.HandlerStart.Offset == stepping.CatchHandler.Offset);
            return new Stepping(Lines(stepping.Yields), Lines(stepping.Resumes), catches, scopes.Length);

            IReadOnlyList<int> Lines(IEnumerable<InstructionOffset> places) => places
                .Select(o => moveNext.DebugInformation.SequencePoints.Last(p => p.Offset <= o.Offset && !p.IsHidden).StartLine).ToList();
        }
    }
}
