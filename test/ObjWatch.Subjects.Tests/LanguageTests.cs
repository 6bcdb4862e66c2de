using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Subjects.Tests;

/// <summary>Programs in F# and Visual Basic, with and without optimisation, run the same woven and unwoven, and their events have the names of the source.</summary>
[TestFixture("FSharp.Debug")]
[TestFixture("FSharp.Release")]
[TestFixture("VisualBasic.Debug")]
[TestFixture("VisualBasic.Release")]
public sealed class LanguageTests
{
    private static readonly Dictionary<string, string[]> _updates = new()
    {
        ["FSharp"] =
        [
            "FSharp.Account.balance 0 -> 20 #", "FSharp.Account.balance 20 -> 15 #", "FSharp.Account.Limit 100 -> 3 #", "FSharp.Derived.visits 0 -> 1 #", "FSharp.Node.Next null -> ", "@.FSharp.counter 0 -> 1",
        ],
        ["VisualBasic"] =
        [
            "Account._balance 10 -> 6 #", "Account.Limit 100 -> 101 #", "Holder.Seen 9 -> 14 #", "Place.X 3 -> 5", "Holder.Text \"a\" -> \"b\" #", "@.Program._shared 0 -> 6", "Account.Limit 102 -> 55 #",
        ],
    };

    private readonly string _name;
    private TemporaryDirectory _directory = null!;
    private string _expected = null!;
    private WovenSubject _woven = null!;
    private CompiledProgram _program = null!;

    public LanguageTests(string name) => _name = name;

    [OneTimeSetUp]
    public void Weave()
    {
        _directory = new TemporaryDirectory();
        string name = "Languages." + _name;
        string folder = Directory.CreateDirectory(_directory["plain"]).FullName;
        foreach (string path in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Programs", name)).Where(path => !path.EndsWith(".deps.json", StringComparison.Ordinal)))
            File.Copy(path, Path.Combine(folder, Path.GetFileName(path)));
        _program = new CompiledProgram(name, folder, Path.Combine(folder, name + ".dll"), Path.Combine(folder, name + ".pdb"), "");
        _expected = Subject.Outcome(ProgramRunner.Run(_program.AssemblyPath));
        _woven = WovenSubject.Weave(_program, _directory["woven"], everyStore: true, Directory.GetFiles(folder, "FSharp.Core.dll"));
    }

    [OneTimeTearDown]
    public void Clean() => _directory.Dispose();

    [Test]
    public void Is_woven_whole()
    {
        Assert.That(_expected, Does.EndWith(_name.StartsWith('F') ? "exit 0\n" : "exit 255\n"));
        Assert.That(_woven.Result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", _woven.Errors));
        Assert.That(_woven.Result.Methods.Where(method => method.Reason == "unusual-code"), Is.Empty);
        Assert.That(JitCheck.Failures(_woven.AssemblyPath), Is.EqualTo(JitCheck.Failures(_program.AssemblyPath)));
    }

    [Test]
    public void Runs_the_same_traced_with_the_events_of_its_source()
    {
        ProcessResult run = _woven.Run(traced: true);

        Assert.That(Subject.Outcome(run), Is.EqualTo(_expected), run.Error);
        TextTrace trace = TextTrace.Read(_woven.TracePath);
        Assert.That(trace.Malformed, Is.Empty);
        Assert.That(trace.Ends, Is.EqualTo(trace.Runs));
        string[] lines = File.ReadAllLines(_woven.TracePath);
        foreach (string update in _updates[_name[.._name.IndexOf('.', StringComparison.Ordinal)]])
            Assert.That(lines, Has.Some.Contains(" upd " + update), update);
    }

    [Test]
    public void Runs_the_same_while_tracing_is_off() => Assert.That(Subject.Outcome(_woven.Run(traced: false)), Is.EqualTo(_expected));
}
