using System.Collections.Generic;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>A program that is not traced loads the library that its code refers to, for its switch, and nothing that the library
/// needs.</summary>
public sealed class LoadedLibrariesTests : WeaverFixture
{
    private const string Source = """
        using System;
        using System.Threading.Tasks;

        await new Counter().AddAsync(2);
        foreach (System.Reflection.Assembly assembly in AppDomain.CurrentDomain.GetAssemblies())
        {
            if (assembly.GetName().Name is { } name && (name.StartsWith("ObjWatch.") || name.StartsWith("Microsoft.")))
                Console.WriteLine(name);
        }

        public class Counter
        {
            public int Value;
            public async Task AddAsync(int amount) { await Task.Yield(); Value += amount; }
        }
        """;

    [Test]
    public void Nothing_but_the_switch_is_loaded_while_tracing_is_off([Values] bool optimize, [Values("0", "1")] string tiered)
    {
        CompiledProgram program = Compiler.Compile("App", Source, optimize, Folder);
        RuntimeLibraries.CopyTo(Folder);
        Assert.That(Weave(program.AssemblyPath).Outcome, Is.EqualTo(WeaveOutcome.Woven));

        var environment = new Dictionary<string, string?> { ["OBJWATCH"] = "0", ["DOTNET_TieredCompilation"] = tiered };
        ProcessResult run = ProgramRunner.Run(program.AssemblyPath, environment: environment, workingDirectory: Folder);

        Assert.That((run.ExitCode, run.Error), Is.EqualTo((0, "")));
        Assert.That(run.OutputLines, Is.EqualTo(new[] { "ObjWatch.Runtime" }));
    }
}
