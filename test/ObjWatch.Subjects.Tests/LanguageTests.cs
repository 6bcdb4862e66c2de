using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Subjects.Tests;

/// <summary>Programs in F# and Visual Basic, with and without optimisation, run the same woven and unwoven, and their events have the names
/// of the source.</summary>
[TestFixture("FSharp.Debug")]
[TestFixture("FSharp.Release")]
[TestFixture("VisualBasic.Debug")]
[TestFixture("VisualBasic.Release")]
public sealed partial class LanguageTests
{
    private static readonly Dictionary<string, string[]> _updates = new()
    {
        ["FSharp"] =
        [
            "FSharp.Account.balance 0 -> 20 #", "FSharp.Account.balance 20 -> 15 #", "FSharp.Account.Limit 100 -> 3 #",
                "FSharp.Derived.visits 0 -> 1 #", "FSharp.Node.Next null -> ",
            "@.FSharp.counter 0 -> 1", "FSharp.Basket.total 0 -> 1 #", "_.sum 1 -> 3", "@.FSharp.Basket.Count 0 -> 1",
        ],
        ["VisualBasic"] =
        [
            "Account._balance 10 -> 6 #", "Account.Limit 100 -> 101 #", "Holder.Seen 9 -> 14 #", "Place.X 3 -> 5",
                "Holder.Text \"a\" -> \"b\" #", "@.Program._shared 0 -> 6", "Account.Limit 102 -> 55 #",
            "Account.Calls.count 10 -> 11 #", "Cart.Total 0 -> 5 #", "@.Cart.Count 0 -> 1", "Cart.Total 5 -> 6 #",
            "@.Answers.Answer 41 -> 42",
            "Cart._corner Place { X = 0, Y = 0 } -> Place { X = 5, Y = 0 } #",
            "Cart._corner Place { X = 5, Y = 0 } -> Place { X = 0, Y = 5 } #",
            "Cart._corner Place { X = 0, Y = 5 } -> Place { X = 1, Y = 4 } #", "Place.X 0 -> 7",
        ],
    };

    private static readonly Dictionary<string, string[]> _methods = new()
    {
        ["FSharp"] = ["Languages.FSharp.main.<lambda>", "Languages.FSharp.sequences.GenerateNext"],
        ["VisualBasic"] =
            ["Languages.Holder.Run.<lambda>", "Languages.Cart.Fill.<lambda>", "Languages.Account.LaterAsync", "Languages.Account.Numbers"],
    };

    private readonly string _name;
    private TemporaryDirectory _directory = null!;
    private string _expected = null!;
    private WovenSubject _woven = null!;
    private CompiledProgram _program = null!;

    public LanguageTests(string name) => _name = name;

    private string Language => _name[.._name.IndexOf('.', StringComparison.Ordinal)];

    [GeneratedRegex(@"(run|end|awt|rsm) \S*(@\d|\$)|(upd|apd|pop) \S*(@\d|\$)")]
    private static partial Regex CompilersName { get; }

    [OneTimeSetUp]
    public void Weave()
    {
        _directory = new TemporaryDirectory();
        string name = "Languages." + _name;
        string folder = Directory.CreateDirectory(_directory["plain"]).FullName;
        foreach (string path in Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Programs", name))
            .Where(path => !path.EndsWith(".deps.json", StringComparison.Ordinal)))
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
        foreach (string update in _updates[Language])
            Assert.That(lines, Has.Some.Contains(" upd " + update), update);
        foreach (string method in _methods[Language])
            Assert.That(lines, Has.Some.Contains(" run " + method + " <- "), method);
        if (Language == "VisualBasic")
            Assert.That(lines, Has.Some.Contains("apd _.lines (List<int>)(len)1 -> 2"), "a captured collection");
        Assert.That(EventLines.Of(_woven.TracePath).Where(line => CompilersName.IsMatch(line)), Is.Empty,
            "names that only the compiler knows");
        if (Language == "FSharp")
            Assert.That(lines, Has.None.Contains(" Pipe #").And.None.StartWith("    0 run").And.None.Matches(@"[\w>]@\d"),
                "what only the compiler has written");
    }

    /// <summary>The lambdas of Visual Basic and the functions of F# have no names of their own that a target could mean.</summary>
    [Test]
    public void Lambdas_are_selected_with_their_method()
    {
        (string target, string lambda) = Language == "FSharp"
            ? ("Languages:FSharp.main()", "Languages.FSharp.main.<lambda>") : ("Languages:Cart.Fill()", "Languages.Cart.Fill.<lambda>");
        WovenSubject woven =
            WovenSubject.Weave(_program, _directory["selected"], everyStore: false,
                Directory.GetFiles(_program.Directory, "FSharp.Core.dll"), target);

        ProcessResult run = woven.Run(traced: true);

        Assert.That(Subject.Outcome(run), Is.EqualTo(_expected), run.Error);
        string[] runs = EventLines.Of(woven.TracePath).Where(line => line.Contains(" run ", StringComparison.Ordinal)).ToArray();
        Assert.That(runs, Has.Some.Contains(" run " + lambda + " <- "));
        Assert.That(runs, Has.All.Contains(" run " + lambda[..lambda.LastIndexOf('.')]));
    }

    [Test]
    public void Runs_the_same_while_tracing_is_off() => Assert.That(Subject.Outcome(_woven.Run(traced: false)), Is.EqualTo(_expected));
}
