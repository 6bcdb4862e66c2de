using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Weaver;

[assembly: LevelOfParallelism(2)]

namespace ObjWatch.Subjects.Tests;

/// <summary>Each subject runs the same woven and unwoven, traced or not, and its trace is whole.</summary>
[TestFixtureSource(typeof(Subject), nameof(Subject.Builds))]
[Parallelizable(ParallelScope.Self)]
public sealed class SubjectTests
{
    private const int FewestMethods = 3;

    private readonly Subject _subject;
    private readonly bool _optimize;
    private readonly Dictionary<bool, WovenSubject> _woven = new();
    private TemporaryDirectory _directory = null!;
    private CompiledProgram _program = null!;
    private IReadOnlyList<string> _failuresOfTheOriginal = null!;

    public SubjectTests(string name, bool optimize)
    {
        _subject = new Subject(name);
        _optimize = optimize;
    }

    [OneTimeSetUp]
    public void Weave()
    {
        _directory = new TemporaryDirectory();
        _program = Compiler.Compile(_subject.Name, _subject.Source, _optimize, _directory["plain"]);
        _failuresOfTheOriginal = JitCheck.Failures(_program.AssemblyPath);
        foreach (bool everyStore in new[] { false, true })
            _woven[everyStore] = WovenSubject.Weave(_program, _directory[$"woven-{everyStore}"], everyStore);
    }

    [OneTimeTearDown]
    public void Clean() => _directory.Dispose();

    [Test]
    public void Prints_what_is_expected_of_it_unwoven() =>
        Assert.That(Subject.Outcome(ProgramRunner.Run(_program.AssemblyPath)), Is.EqualTo(_subject.Expected));

    [Test]
    public void Is_woven_whole([Values] bool everyStore)
    {
        WovenSubject woven = _woven[everyStore];

        Assert.That(woven.Result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", woven.Errors));
        Assert.That(woven.Result.Methods.Count(method => method.Woven), Is.AtLeast(FewestMethods));
        Assert.That(woven.Result.Methods.Where(method => method.Reason == "unusual-code"), Is.Empty);
        Assert.That(JitCheck.Failures(woven.AssemblyPath), Is.EqualTo(_failuresOfTheOriginal));
    }

    [Test]
    public void Runs_the_same_woven_and_leaves_a_whole_trace([Values] bool everyStore)
    {
        WovenSubject woven = _woven[everyStore];

        ProcessResult run = woven.Run(traced: true);

        Assert.That(Subject.Outcome(run), Is.EqualTo(_subject.Expected), run.Error);
        TextTrace trace = TextTrace.Read(woven.TracePath);
        Assert.That(trace.Malformed, Is.Empty);
        Assert.That(trace.Runs, Is.AtLeast(FewestMethods));
        if (_subject.EndsInOrder)
            Assert.That(trace.Ends, Is.EqualTo(trace.Runs));
    }

    [Test]
    public void Runs_the_same_woven_and_leaves_nothing_while_tracing_is_off()
    {
        WovenSubject woven = _woven[true];
        File.Delete(woven.TracePath);
        string[] before = Directory.GetFiles(woven.Directory);

        ProcessResult run = woven.Run(traced: false);

        Assert.That(Subject.Outcome(run), Is.EqualTo(_subject.Expected), run.Error);
        Assert.That(Directory.GetFiles(woven.Directory), Is.EquivalentTo(before));
    }
}
