using System.Collections.Generic;
using System.IO;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Subjects.Tests;

/// <summary>A program for .NET Framework, woven with the runtime library's build for netstandard2.0, runs on Mono as it did and leaves its
/// trace.</summary>
[TestFixture(false)]
[TestFixture(true)]
[Parallelizable(ParallelScope.Self)]
public sealed class MonoTests
{
    private readonly Subject _subject = new("CSharp7");
    private readonly bool _optimize;
    private TemporaryDirectory _directory = null!;
    private CompiledProgram _program = null!;
    private WovenSubject _woven = null!;

    public MonoTests(bool optimize) => _optimize = optimize;

    [OneTimeSetUp]
    public void Weave()
    {
        NetFramework.NeedsMono();
        _directory = new TemporaryDirectory();
        _program = NetFramework.Compile(_subject, _optimize, _directory["plain"]);
        _woven = WovenSubject.WeaveForStandard(_program, _directory["woven"], NetFramework.ReferenceAssemblies);
        Assert.That(_woven.Result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", _woven.Errors));
    }

    [OneTimeTearDown]
    public void Clean() => _directory?.Dispose();

    [Test]
    public void Prints_what_is_expected_of_it_unwoven() =>
        Assert.That(Subject.Outcome(MonoRuntime.Run(_program.AssemblyPath)), Is.EqualTo(_subject.Expected));

    [Test]
    public void Runs_the_same_traced_and_leaves_a_whole_trace()
    {
        ProcessResult run = Run(new() { ["OBJWATCH_OUTPUT"] = "a.objwatch;a.json;a.xml;a.trace.json;a.objtrace" });

        Assert.That(Subject.Outcome(run), Is.EqualTo(_subject.Expected), run.Error);
        Assert.That(run.ErrorLines, Has.Length.EqualTo(1).And.Some.Matches("^objwatch: [0-9]+ events -> "));
        TextTrace trace = TextTrace.Read(PathOf("a.objwatch"));
        Assert.That(trace.Malformed, Is.Empty);
        Assert.That(trace.Runs, Is.GreaterThan(100).And.EqualTo(trace.Ends));
        Assert.That(File.ReadAllLines(PathOf("a.objwatch")), Has.Some.Contains("upd Part._weight 10 -> 210 #")
            .And.Some.Contains("apd Box<T>._items (List<int>)(len)0 -> 1 #").And.Some.Contains(
                "end Older.WaitAsync -> -6").And.Some.Contains("> Runtime:        Mono "));
        foreach (string format in new[] { "a.json", "a.xml", "a.trace.json", "a.objtrace" })
            Assert.That(new FileInfo(PathOf(format)), Has.Length.GreaterThan(10_000), format);
    }

    [Test]
    public void Runs_the_same_while_tracing_is_off()
    {
        ProcessResult run = Run(new() { ["OBJWATCH"] = "0" });

        Assert.That(Subject.Outcome(run), Is.EqualTo(_subject.Expected), run.Error);
        Assert.That(run.Error, Is.Empty);
    }

    [Test]
    public void The_trace_is_called_after_the_program_and_an_options_file_is_read()
    {
        File.WriteAllText(PathOf("objwatch.json"), """{ "objectIds": false }""");

        ProcessResult run = Run([]);

        File.Delete(PathOf("objwatch.json"));
        Assert.That(run.Error, Does.Contain("CSharp7.objwatch"));
        Assert.That(EventLines.Of(_woven.TracePath), Has.Some.EndsWith("upd Part._weight 10 -> 210").And.None.Contains("#"));
    }

    private string PathOf(string file) => Path.Combine(_woven.Directory, file);

    private ProcessResult Run(Dictionary<string, string?> environment) =>
        MonoRuntime.Run(_woven.AssemblyPath, environment, _woven.Directory);
}
