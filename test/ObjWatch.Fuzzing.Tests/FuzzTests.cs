using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using NUnit.Framework;
using ObjWatch.Fuzzing.Tests.Generating;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Fuzzing.Tests;

/// <summary>
/// Generated programs, built in Debug and in Release, print the same woven and unwoven, and the events of the woven ones lead to the state in which
/// the program's objects end.
/// </summary>
/// <remarks>Always the same 100 programs, so that a change fails for what it did itself; <c>CsCheck_Iter=2000</c> in the environment makes it 2,000 that nobody has
/// seen yet, and the smallest that fails is shown. <c>FUZZ_KEEP</c> names a folder for the source of what failed last.</remarks>
public sealed class FuzzTests
{
    private const int MostNumbers = 400;
    private const uint Programs = 100;
    private const ulong Seed = 20261122;
    private static readonly Gen<int[]> _numbers = Gen.Int[0, 1 << 20].Array[1, MostNumbers];
    private static readonly string _kept = Path.Combine(AppContext.BaseDirectory, "Kept");
    private readonly Runner _runner = new();
    private TemporaryDirectory _directory = null!;

    [OneTimeSetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [OneTimeTearDown]
    public void Clean()
    {
        _runner.Dispose();
        _directory.Dispose();
    }

    [Test]
    public void Programs_do_the_same_woven_and_their_traces_tell_their_state()
    {
        if (Environment.GetEnvironmentVariable("CsCheck_Iter") is { Length: > 0 })
            Explore();
        for (uint program = 0; program < Programs; program++)
            Check(ProgramWriter.Write(_numbers.Generate(new PCG(program, Seed), null, out _)));
    }

    private void Explore() =>
        _numbers.Sample(numbers => Check(ProgramWriter.Write(numbers)), TestContext.Out.WriteLine, threads: 1, print: numbers => $"{numbers.Length} numbers");

    [Test]
    public void A_program_that_once_failed_does_not_again([ValueSource(nameof(Kept))] string name) =>
        Check(Prelude.Source + File.ReadAllText(Path.Combine(_kept, name + ".cs")));

    private static IEnumerable<string> Kept => Directory.EnumerateFiles(_kept, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    private void Check(string source)
    {
        string? folder = Environment.GetEnvironmentVariable("FUZZ_KEEP");
        string path = folder is { Length: > 0 } ? Path.Combine(folder, "Failed.cs") : _directory["Failed.cs"];
        string? earlier = File.Exists(path) ? File.ReadAllText(path) : null;
        File.WriteAllText(path, source);
        List<string> faults = new[] { false, true }.SelectMany(optimize => Faults(source, optimize)).ToList();
        if (faults.Count == 0)
        {
            File.WriteAllText(path, earlier ?? "");
            return;
        }

        Assert.Fail(string.Join("\n", faults.Take(10)) + "\n" + source[Prelude.Source.Length..]);
    }

    private IEnumerable<string> Faults(string source, bool optimize)
    {
        string folder = _directory[optimize ? "Release" : "Debug"];
        CompiledProgram program = Compiler.Compile("Fuzzed", source, optimize, folder);
        string plain = _runner.Run(program.AssemblyPath, trace: null);
        string woven = Path.Combine(folder, "Woven.dll");
        WeaveResult result = new AssemblyWeaver().Weave(new WeaveRequest
        {
            AssemblyPath = program.AssemblyPath,
            OutputPath = woven,
            RuntimePath = typeof(Probe).Assembly.Location,
            References = Framework.ReferenceAssemblies(),
            Locals = true,
        });
        foreach (string problem in result.Diagnostics.Select(d => d.ToString()).Concat(result.Methods.Where(m => m.Reason == "unusual-code").Select(m => m.Method)))
            yield return $"{Path.GetFileName(folder)}: weaving: {problem}";
        if (result.Outcome != WeaveOutcome.Woven)
            yield break;
        string trace = Path.Combine(folder, "Woven.objwatch");
        File.Delete(trace);
        string traced = _runner.Run(woven, trace);
        if (traced != plain)
            yield return $"{Path.GetFileName(folder)}: {FirstDifference(plain, traced)}";
        foreach (string fault in TextTrace.Read(trace).Malformed.Concat(Replay.Faults(trace, traced)))
            yield return $"{Path.GetFileName(folder)}: {fault}";
    }

    private static string FirstDifference(string plain, string traced)
    {
        string[] expected = plain.Split('\n');
        string[] actual = traced.Split('\n');
        int line = Enumerable.Range(0, expected.Length).FirstOrDefault(i => i >= actual.Length || actual[i] != expected[i], expected.Length);
        return $"line {line} of the output is {actual.ElementAtOrDefault(line)}, unwoven {expected.ElementAtOrDefault(line)}";
    }
}
