using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Mono.Cecil;
using Mono.Cecil.Cil;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>Woven code and the runtime library have a contract. Where they have different ones, the program runs as if it were not
/// woven.</summary>
public sealed class WovenContractTests : WeaverFixture
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Threading.Tasks;

        var counter = new Counter();
        counter.Add(2);
        await counter.AddAsync(3);
        foreach (int number in counter.Numbers())
            Console.WriteLine(number);
        try { counter.Fail(); } catch (InvalidOperationException) { Console.WriteLine("failed"); }

        public class Counter
        {
            private readonly List<string> _names = new();
            private int _value;
            public void Add(int amount) { _value += amount; _names.Add("a"); }
            public async Task AddAsync(int amount) { await Task.Yield(); _value += amount; }
            public IEnumerable<int> Numbers() { yield return _value; yield return _names.Count; }
            public void Fail() { throw new InvalidOperationException(); }
        }
        """;

    private static readonly string[] _output = ["5", "1", "failed"];

    [Test]
    public void Code_for_another_contract_runs_untraced_and_says_so_once([Values] bool optimize)
    {
        CompiledProgram program = Compiler.Compile("App", Source, optimize, Folder);
        RuntimeLibraries.CopyTo(Folder);
        Assert.That(Weave(program.AssemblyPath).Outcome, Is.EqualTo(WeaveOutcome.Woven));
        using (ModuleDefinition module = ModuleDefinition.ReadModule(program.AssemblyPath, new ReaderParameters { InMemory = true }))
        {
            VersionIn(module).Operand = WovenContract.Version + 1;
            module.Write(program.AssemblyPath);
        }

        ProcessResult run = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);

        Assert.That((run.ExitCode, run.OutputLines), Is.EqualTo((0, _output)), run.Error);
        Assert.That(run.Error.Trim(), Does.StartWith("objwatch: warning OBJW1108: App was woven for contract 2").And.Not.Contains("\n"));
        Assert.That(Directory.GetFiles(Folder, "*.objwatch"), Is.Empty);
    }

    [Test]
    public void A_library_with_another_contract_is_refused()
    {
        CompiledProgram program = Compiler.Compile("App", Source, optimize: true, Folder);
        string library = PathOf("Other.dll");
        using (ModuleDefinition module = ModuleDefinition.ReadModule(RuntimePath))
        {
            module.GetType(typeof(WovenContract).FullName).Fields.Single().Constant = WovenContract.Version + 1;
            module.Write(library);
        }

        WeaveResult result = new AssemblyWeaver().Weave(Request(program.AssemblyPath) with { RuntimePath = library });

        Assert.That(CodesOf(result), Is.EqualTo(new[] { "OBJW0111" }));
        Assert.That(result.Diagnostics[0].Message, Does.Contain("has contract 2, this weaver 1"));
    }

    [Test]
    public void The_weaver_knows_the_contract_without_the_library() =>
        Assert.That(
            typeof(AssemblyWeaver).Assembly.GetReferencedAssemblies().Select(reference => reference.Name),
            Has.None.EqualTo(typeof(Probe).Assembly.GetName().Name));

    [Test]
    public void All_that_woven_code_touches_is_in_one_namespace()
    {
        IEnumerable<Type> touched = typeof(Probe).GetMethods(BindingFlags.Public | BindingFlags.Static)
            .SelectMany(method => method.GetParameters().Select(parameter => parameter.ParameterType).Append(method.ReturnType))
            .Select(type => type.HasElementType ? type.GetElementType()! : type)
            .Where(type => type.Assembly == typeof(Probe).Assembly);
        Assert.That(touched.Select(type => type.Namespace), Is.Not.Empty.And.All.EqualTo(typeof(Probe).Namespace));
    }

    /// <summary>The instruction that loads the version with which a program registers.</summary>
    private static Instruction VersionIn(ModuleDefinition program) => program.Types.Single(type => type.Name == "<ObjWatch>Sites").Methods
        .Single(method => method.Name == ".cctor").Body.Instructions.First(instruction => instruction.OpCode == OpCodes.Ldc_I4);
}
