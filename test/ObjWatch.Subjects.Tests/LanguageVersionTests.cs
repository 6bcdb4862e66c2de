using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Subjects.Tests;

/// <summary>What the compiler makes of the same source differs between versions of C#; what the program does and its trace do
/// not.</summary>
[TestFixture(false)]
[TestFixture(true)]
[Parallelizable(ParallelScope.Self)]
public sealed partial class LanguageVersionTests
{
    private static readonly LanguageVersion[] _versions =
    [
        LanguageVersion.CSharp7_3, LanguageVersion.CSharp8, LanguageVersion.CSharp9, LanguageVersion.CSharp10, LanguageVersion.CSharp11,
            LanguageVersion.CSharp12, LanguageVersion.CSharp13,
        LanguageVersion.CSharp14,
    ];

    private readonly Subject _subject = new("CSharp7");
    private readonly bool _optimize;
    private TemporaryDirectory _directory = null!;
    private string[] _trace = null!;

    public LanguageVersionTests(bool optimize) => _optimize = optimize;

    [OneTimeSetUp]
    public void RunAsOldest()
    {
        _directory = new TemporaryDirectory();
        _trace = Trace(LanguageVersion.CSharp7_3, _directory["oldest"]);
    }

    [OneTimeTearDown]
    public void Clean() => _directory.Dispose();

    [Test]
    public void The_trace_has_the_events_of_the_source()
    {
        Assert.That(_trace, Has.Some.EndsWith(" upd @.Part.s_made 0 -> 1")
            .And.Some.Contains("upd Part._weight 10 -> 210 #1")
            .And.Some.Contains("upd Part.Grade None -> High #1")
            .And.Some.Contains("upd Box<T>._slots null -> (int[])[1, 2, 3] #1")
            .And.Some.Contains("apd Box<T>._items (List<int>)(len)0 -> 1 #1")
            .And.Some.Contains("end Older.WaitAsync -> -6")
            .And.Some.Contains("upd _.total 32 -> 144")
            .And.None.Contains("CS$")
            .And.Some.Contains(" -> !OverflowException: "));
    }

    [TestCaseSource(nameof(_versions))]
    public void Every_version_of_the_language_leaves_the_same_trace(LanguageVersion version) =>
        Assert.That(Trace(version, _directory[version.ToString()]), Is.EqualTo(_trace));

    [GeneratedRegex("0x[0-9A-F]{2,}")]
    private static partial Regex Address { get; }

    private string[] Trace(LanguageVersion version, string folder)
    {
        CompiledProgram program = Compiler.Compile(new CompileRequest
        {
            Name = _subject.Name,
            Sources = new Dictionary<string, string> { [_subject.Name + ".cs"] = _subject.Source },
            Optimize = _optimize,
            Directory = Path.Combine(folder, "plain"),
            Language = version,
        });
        WovenSubject woven = WovenSubject.Weave(program, Path.Combine(folder, "woven"), everyStore: true);
        Assert.That(woven.Result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", woven.Errors));
        ProcessResult run = woven.Run(traced: true);
        Assert.That(Subject.Outcome(run), Is.EqualTo(_subject.Expected), run.Error);
        // Sorted, because one thread may still be leaving a method that another one already goes on with.
        return [.. EventLines.Of(woven.TracePath).Select(line => Address.Replace(EventLines.WithoutThread(line), ""))
            .Order(StringComparer.Ordinal)];
    }
}
