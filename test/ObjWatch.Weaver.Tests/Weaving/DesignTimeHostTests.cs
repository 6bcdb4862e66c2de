using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>A tool that loads a program while it is built, to look at it, is no run of the program.</summary>
public sealed class DesignTimeHostTests : WeaverFixture
{
    private const string Source = """
        public class Counter { public int Value; public void Add(int n) => Value += n; }
        public static class Program { public static void Main() { new Counter().Add(3); System.Console.WriteLine("looked at"); } }
        """;

    [TestCase("GetDocument.Insider")]
    [TestCase("ef")]
    public void It_leaves_no_trace_and_says_nothing_unless_it_is_asked_to(string host)
    {
        CompiledProgram program = Compiler.Compile(host, Source, optimize: false, Folder, [.. RuntimeLibraries.Paths]);
        Assert.That(Weave(program.AssemblyPath).Outcome, Is.EqualTo(WeaveOutcome.Woven));

        ProcessResult looked = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);
        Assert.That((looked.Output.Trim(), looked.Error), Is.EqualTo(("looked at", "")));
        Assert.That(PathOf(host + ".objwatch"), Does.Not.Exist);

        ProcessResult asked =
            ProgramRunner.Run(program.AssemblyPath, environment: new Dictionary<string, string?> { ["OBJWATCH"] = "1" },
                workingDirectory: Folder);
        Assert.That(asked.ExitCode, Is.Zero, asked.Error);
        Assert.That(PathOf(host + ".objwatch"), Does.Exist);
    }
}
