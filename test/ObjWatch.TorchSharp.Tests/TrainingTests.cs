using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.TorchSharp.Tests;

/// <summary>The sample's training, traced and not.</summary>
internal sealed partial class TrainingTests
{
    private const string ShapeWrapper = "ObjWatch.TorchSharp.TensorShapeWrapper, ObjWatch.TorchSharp";
    private const string MemoryWrapper = "ObjWatch.TorchSharp.TorchMemoryWrapper, ObjWatch.TorchSharp: gc_heap, tensors";

    private TemporaryDirectory _folder = null!;
    private ProcessResult _plain = null!;

    [OneTimeSetUp]
    public void WeaveACopy()
    {
        _folder = new TemporaryDirectory();
        _plain = Built.RunSample(Built.Sample, ["--steps", "50"]);
        Built.CopyProgram(Built.Sample, _folder.Path);
        ProcessResult weaving = ProgramRunner.Run(Built.Weaver, [_folder["DistributedTraining.dll"]]);
        Assert.That(weaving.ExitCode, Is.Zero, weaving.Output + weaving.Error);
    }

    [OneTimeTearDown]
    public void Delete() => _folder.Dispose();

    [Test]
    public void Training_learns_something()
    {
        Assert.That(_plain.ExitCode, Is.Zero, _plain.Error);
        Assert.That(_plain.Error, Is.Empty);
        Assert.That(
            double.Parse(Result().Match(_plain.Output).Groups["accuracy"].ValueSpan, System.Globalization.CultureInfo.InvariantCulture),
            Is.GreaterThan(0.7));
    }

    [Test]
    public void Weights_are_the_same_traced_and_untraced()
    {
        ProcessResult traced = Built.RunSample(
            _folder.Path, ["--steps", "50"], ("OBJWATCH_WRAPPER", ShapeWrapper), ("OBJWATCH_OUTPUT", _folder["shapes.objwatch"]));

        Assert.That(traced.ExitCode, Is.Zero, traced.Error);
        Assert.That(traced.Output, Is.EqualTo(_plain.Output));
        string[] lines = File.ReadAllLines(_folder["shapes.objwatch"]);
        Assert.That(lines,
            Has.Some.Matches(
                @" run DistributedTraining\.DigitNetwork\.forward <- 'this':DigitNetwork#\d+, "
                + @"'input':Tensor\[16, 1, 12, 12\] float32 cpu$"));
        Assert.That(lines, Has.Some.Matches(@" end DistributedTraining\.DigitNetwork\.forward -> Tensor\[16, 5\] float32 cpu$"));
        Assert.That(lines, Has.Some.Matches(@" end DistributedTraining\.DigitNetwork\.forward -> Tensor\[16, 10\] float32 cpu$"));
        Assert.That(
            lines.Count(line =>
                Regex.IsMatch(line, @" upd DigitNetwork\._outputWeight Tensor\[5, 48\] float32 cpu -> Tensor\[10, 48\] float32 cpu #\d+$")),
            Is.EqualTo(1));
        Assert.That(lines,
            Has.Some.Matches(
                @" end DistributedTraining\.DigitImages\.Draw -> \(Tensor\[16, 1, 12, 12\] float32 cpu, Tensor\[16\] int64 cpu\)$"));
    }

    [Test]
    public void Memory_stands_at_each_call()
    {
        ProcessResult traced = Built.RunSample(
            _folder.Path, ["--steps", "2"], ("OBJWATCH_WRAPPER", MemoryWrapper), ("OBJWATCH_OUTPUT", _folder["memory.objwatch"]));

        Assert.That(traced.ExitCode, Is.Zero, traced.Error);
        string[] runs = File.ReadAllLines(_folder["memory.objwatch"]).Where(line => line.Contains(" run ", System.StringComparison.Ordinal))
            .ToArray();
        Assert.That(runs, Is.Not.Empty);
        Assert.That(runs, Has.All.Matches(@" <- gc_heap: \d+ \| tensors: \d+$"));
    }

    [GeneratedRegex(@"^rank 0 of 1 \(no MPI\): 50 steps, loss \d\.\d{4}, accuracy (?<accuracy>[01]\.\d{3}), weights [0-9a-f]{16}\s*$")]
    private static partial Regex Result();
}
