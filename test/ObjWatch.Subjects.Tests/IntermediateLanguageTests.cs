using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Subjects.Tests;

/// <summary>Programs written in IL, with what no compiler here emits, run the same woven and unwoven. What the runtime refuses is left as
/// it is.</summary>
[TestFixtureSource(nameof(Names))]
[System.Runtime.Versioning.SupportedOSPlatform("linux")]
[Platform("Linux", Reason = "the assembler is a Linux program")]
public sealed class IntermediateLanguageTests
{
    private static readonly string _sources = Path.Combine(AppContext.BaseDirectory, "Subjects", "IL");
    private readonly string _name;
    private TemporaryDirectory _directory = null!;
    private CompiledProgram _program = null!;
    private string _expected = null!;

    public IntermediateLanguageTests(string name) => _name = name;

    private static IEnumerable<string> Names =>
        Directory.EnumerateFiles(_sources, "*.il").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    [OneTimeSetUp]
    public void Assemble()
    {
        _directory = new TemporaryDirectory();
        string folder = Directory.CreateDirectory(_directory["plain"]).FullName;
        string assembly = Path.Combine(folder, _name + ".dll");
        string assembler = typeof(IntermediateLanguageTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
            .Single(attribute => attribute.Key == "ILAsm").Value!;
        File.Copy(assembler, _directory["ilasm"]);
        File.SetUnixFileMode(_directory["ilasm"], UnixFileMode.UserRead | UnixFileMode.UserExecute);
        ProcessResult result =
            ProgramRunner.RunProcess(_directory["ilasm"], [Path.Combine(_sources, _name + ".il"), "-output=" + assembly, "-quiet"]);
        Assert.That(result.ExitCode, Is.Zero, result.Output + result.Error);
        Framework.WriteRuntimeConfig(assembly);
        _program = new CompiledProgram(_name, folder, assembly, null, "");
        _expected = Subject.Outcome(ProgramRunner.Run(assembly));
    }

    [OneTimeTearDown]
    public void Clean() => _directory.Dispose();

    [Test]
    public void Prints_what_is_expected_of_it_unwoven() =>
        Assert.That(_expected, Is.EqualTo(File.ReadAllText(Path.Combine(_sources, _name + ".expected.txt"))));

    [Test]
    public void Runs_the_same_woven([Values] bool everyStore)
    {
        WovenSubject woven = WovenSubject.Weave(_program, _directory[$"woven-{everyStore}"], everyStore);

        Assert.That(woven.Result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", woven.Errors));
        Assert.That(JitCheck.Failures(woven.AssemblyPath), Is.EqualTo(JitCheck.Failures(_program.AssemblyPath)));
        Assert.That(Subject.Outcome(woven.Run(traced: false)), Is.EqualTo(_expected));
        Assert.That(File.Exists(woven.TracePath), Is.False);
        ProcessResult run = woven.Run(traced: true);
        Assert.That(Subject.Outcome(run), Is.EqualTo(_expected), run.Error);
        TextTrace trace = TextTrace.Read(woven.TracePath);
        Assert.That(trace.Malformed, Is.Empty);
        Assert.That(trace.Ends, Is.EqualTo(trace.Runs));
        Assert.That(trace.Updates, Is.Positive);
    }

    [Test]
    public void Only_what_the_runtime_refuses_is_left()
    {
        WovenSubject woven = WovenSubject.Weave(_program, _directory["left"], everyStore: true);

        string[] left = [.. woven.Result.Methods.Where(method => method.Reason == "unusual-code").Select(method => method.Method)];
        Assert.That(left, Is.EqualTo(_name == "Invalid"
            ? new[] { "Broken.EmptyStack()", "Broken.LeftOver()", "Broken.FallsOff()", "Broken.Depths(bool)", "Broken.StackAtTry()" }
            : Array.Empty<string>()));
        Assert.That(woven.Result.Diagnostics.Count(diagnostic => diagnostic.Code == "OBJW0302"), Is.EqualTo(left.Length));
    }

    [Test]
    public void What_cannot_be_traced_is_left_with_its_reason()
    {
        WovenSubject woven = WovenSubject.Weave(_program, _directory["reasons"], everyStore: true);

        var reasons = woven.Result.Methods.Where(method => method.Reason is "vararg" or "jump")
            .Select(method => $"{method.Method}: {method.Reason}");
        Assert.That(reasons, Is.EqualTo(_name == "Oddities"
            ? new[] { "Odd.Jumps(int): jump", "Odd.Many(int): vararg", "Odd.CallsManyInside(Odd, int): vararg" }
            : Array.Empty<string>()));
    }

    [Test]
    public void A_tail_call_that_is_given_up_is_told()
    {
        WovenSubject woven = WovenSubject.Weave(_program, _directory["tail"], everyStore: true);

        string[] told =
            [.. woven.Result.Diagnostics.Where(diagnostic => diagnostic.Code == "OBJW0301").Select(diagnostic => diagnostic.Message)];
        Assert.That(told, _name == "Prefixes"
            ? Has.Length.EqualTo(1).And.One.StartsWith("Holder.Tail(int, int) makes a tail call") : Is.Empty);
    }
}
