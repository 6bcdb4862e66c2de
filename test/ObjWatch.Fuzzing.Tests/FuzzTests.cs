using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using CsCheck;
using NUnit.Framework;
using ObjWatch.Fuzzing.Tests.Generating;
using ObjWatch.Testing;
using ObjWatch.Weaver;
using ObjWatch.Woven;

namespace ObjWatch.Fuzzing.Tests;

/// <summary>
/// Generated programs, built in Debug and in Release, print the same woven and unwoven, and the events of the woven ones lead to the state
/// in which the program's objects end.
/// </summary>
/// <remarks>Always the same 100 programs, so that a change fails for what it did itself. <c>FUZZ_PROGRAMS</c> in the environment makes it
/// more of them, <c>FUZZ_SEED</c> others; what fails is made smaller, and its source stays in the folder that <c>FUZZ_KEEP</c>
/// names.</remarks>
public sealed class FuzzTests
{
    private const int MostNumbers = 400;
    private const int Together = 20;
    private const int MostFailures = 5;
    private const int Attempts = 60;
    private static readonly Gen<int[]> _numbers = Gen.Int[0, 1 << 20].Array[1, MostNumbers];
    private static readonly string _kept = Path.Combine(AppContext.BaseDirectory, "Kept");
    private readonly Runner[] _runners = [new(), new()];
    private TemporaryDirectory _directory = null!;

    [OneTimeSetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [OneTimeTearDown]
    public void Clean()
    {
        foreach (Runner runner in _runners)
            runner.Dispose();
        _directory.Dispose();
    }

    [Test]
    public void Programs_do_the_same_woven_and_their_traces_tell_their_state()
    {
        uint programs = (uint)Setting("FUZZ_PROGRAMS", 100);
        ulong seed = Setting("FUZZ_SEED", 20261122);
        long start = Stopwatch.GetTimestamp();
        var failures = new List<string>();
        uint done = 0;
        for (; done < programs && failures.Count < MostFailures; done += Together)
        {
            int[][] together = Enumerable.Range((int)done, (int)Math.Min(Together, programs - done))
                .Select(number => Numbers((uint)number, seed)).ToArray();
            if (Faults(ProgramWriter.Write(together)).Count > 0)
                failures.AddRange(together.Select((numbers, i) => Failure(done + (uint)i, numbers)).OfType<string>()
                    .DefaultIfEmpty($"programs from {done} on, together"));
            TestContext.Progress.WriteLine(
                $"{Math.Min(done + Together, programs)} programs of seed {seed}, {failures.Count} failed, "
                + $"{Stopwatch.GetElapsedTime(start).TotalSeconds:F0} s");
        }

        Assert.That(failures, Is.Empty, string.Join("\n\n", failures));
    }

    [Test]
    public void A_program_that_once_failed_does_not_again([ValueSource(nameof(Kept))] string name) =>
        Assert.That(Faults(Prelude.Source + File.ReadAllText(Path.Combine(_kept, name + ".cs"))), Is.Empty);

    private static IEnumerable<string> Kept =>
        Directory.EnumerateFiles(_kept, "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    private static ulong Setting(string name, ulong otherwise) =>
        Environment.GetEnvironmentVariable(name) is { Length: > 0 } text ? ulong.Parse(text, CultureInfo.InvariantCulture) : otherwise;

    private static int[] Numbers(uint program, ulong seed) => _numbers.Generate(new PCG(program, seed), null, out _);

    /// <summary>How a program of several fails, and its source; <see langword="null"/> if it does not.</summary>
    private string? Failure(uint number, int[] numbers)
    {
        if (Faults(ProgramWriter.Write([numbers])).Count == 0)
            return null;
        IReadOnlyList<int> smallest = Shrinking.Smallest(numbers, rest => Faults(ProgramWriter.Write([rest])).Count > 0, Attempts);
        string source = ProgramWriter.Write([smallest]);
        string failure = $"program {number}:\n{string.Join("\n", Faults(source).Take(10))}\n{source[Prelude.Source.Length..]}";
        if (Environment.GetEnvironmentVariable("FUZZ_KEEP") is { Length: > 0 } folder)
            File.WriteAllText(Path.Combine(folder, $"Program{number}.cs"), "/*" + failure.Replace("*/", "* /", StringComparison.Ordinal)
                + "*/\n" + source);
        return failure;
    }

    private List<string> Faults(string source) =>
        new[] { false, true }.AsParallel().AsOrdered().SelectMany(optimize => Faults(source, optimize).ToList()).ToList();

    private IEnumerable<string> Faults(string source, bool optimize)
    {
        Runner runner = _runners[optimize ? 1 : 0];
        string folder = _directory[optimize ? "Release" : "Debug"];
        CompiledProgram program = Compiler.Compile("Fuzzed", source, optimize, folder);
        string plain = runner.Run(program.AssemblyPath, trace: null);
        string woven = Path.Combine(folder, "Woven.dll");
        WeaveResult result = new AssemblyWeaver().Weave(new WeaveRequest
        {
            AssemblyPath = program.AssemblyPath,
            OutputPath = woven,
            RuntimePath = typeof(Probe).Assembly.Location,
            References = Framework.ReferenceAssemblies(),
            Locals = true,
        });
        foreach (string problem in result.Diagnostics.Select(d => d.ToString())
            .Concat(result.Methods.Where(m => m.Reason == "unusual-code").Select(m => m.Method)))
            yield return $"{Path.GetFileName(folder)}: weaving: {problem}";
        if (result.Outcome != WeaveOutcome.Woven)
            yield break;
        string trace = Path.Combine(folder, "Woven.objwatch");
        File.Delete(trace);
        string traced = runner.Run(woven, trace);
        if (traced != plain)
            yield return $"{Path.GetFileName(folder)}: {FirstDifference(plain, traced)}";
        foreach (string fault in TextTrace.Read(trace).Malformed.Concat(Replay.Faults(trace, traced)))
            yield return $"{Path.GetFileName(folder)}: {fault}";
    }

    private static string FirstDifference(string plain, string traced)
    {
        string[] expected = plain.Split('\n');
        string[] actual = traced.Split('\n');
        int line = Enumerable.Range(0, expected.Length)
            .FirstOrDefault(i => i >= actual.Length || actual[i] != expected[i], expected.Length);
        return $"line {line} of the output is {actual.ElementAtOrDefault(line)}, unwoven {expected.ElementAtOrDefault(line)}";
    }
}
