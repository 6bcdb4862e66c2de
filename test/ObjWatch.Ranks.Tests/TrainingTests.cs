using System;
using System.Linq;
using System.Runtime.InteropServices;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Ranks.Tests;

/// <summary>The sample as a real training job of two ranks, traced and untraced.</summary>
internal sealed class TrainingTests
{
    private static readonly string[] _steps = ["--steps", "50"];

    private readonly TemporaryDirectory _folder = new();
    private string _program = "";
    private string _weights = "";

    [OneTimeSetUp]
    public void TrainUntraced()
    {
        if (!OperatingSystem.IsLinux() || RuntimeInformation.ProcessArchitecture != Architecture.X64)
            Assert.Ignore("These tests run on Linux on x64");
        _program = Training.Weave(_folder.Path);
        string[] weights = Training.Weights(ProgramRunner.Run(Training.Plain, _steps, Launcher.Variables("")));
        Assert.That(weights, Has.One.Items);
        _weights = weights[0];
    }

    [OneTimeTearDown]
    public void RemoveFolder() => _folder.Dispose();

    [Test]
    public void Two_ranks_train_the_same_weights_as_one_process()
    {
        using var job = new Job();
        Assert.That(Training.Weights(Launcher.OpenMpi.Run(Training.Plain, _steps, job.Folder)), Is.EqualTo([_weights, _weights]));
        Assert.That(job.Files, Is.Empty);
    }

    [TestCase("0", new[] { 0 })]
    [TestCase("1", new[] { 1 })]
    [TestCase("all", new[] { 0, 1 })]
    public void Traced_they_train_the_same_and_the_listed_ranks_leave_their_traces(string ranks, int[] expected)
    {
        using var job = new Job();
        ProcessResult run = Launcher.OpenMpi.Run(_program, _steps, job.Folder, $"OBJWATCH_OUTPUT=train.objwatch OBJWATCH_RANKS={ranks}");

        Assert.That(Training.Weights(run), Is.EqualTo([_weights, _weights]));
        Assert.That(job.Files, Is.EquivalentTo(expected.Select(rank => $"train.rank{rank}.objwatch")));
        foreach (int rank in expected)
        {
            string[] lines = job.Events($"train.rank{rank}.objwatch");
            Assert.That(lines, Has.All.StartsWith($"[#{rank}] "));
            Assert.That(lines.Count(line => IsEvent(line, "run")), Is.EqualTo(lines.Count(line => IsEvent(line, "end"))));
            Assert.That(lines, Has.Some.Contains("DigitNetwork.forward <- ").And.Some.Contains("'input':Tensor[16, 1, 12, 12] float32 cpu"));
            Assert.That(lines.Where(line => line.Contains("upd DigitNetwork._outputWeight ", StringComparison.Ordinal)), Has.One.Contains("[5, 48] float32 cpu -> ").And.One.Contains("[10, 48] float32 cpu"));
        }
    }

    private static bool IsEvent(string line, string kind) =>
        line[5..].TrimStart().Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) == kind;
}
