using System;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Ranks.Tests;

/// <summary>The sample as a real training job of two ranks, traced and untraced.</summary>
internal sealed class TrainingTests
{
    private const string Outputs = "OBJWATCH_OUTPUT=train.objwatch;train.objtrace OBJWATCH_RANKS=all";

    private static readonly string[] _steps = ["--steps", "50"];
    private static readonly string[] _endless = ["--steps", "1000000"];

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
            Assert.That(lines,
                Has.Some.Contains("DigitNetwork.forward <- ").And.Some.Contains("'input':Tensor[16, 1, 12, 12] float32 cpu"));
            Assert.That(lines.Where(line => line.Contains("upd DigitNetwork._outputWeight ", StringComparison.Ordinal)),
                Has.One.Contains("[5, 48] float32 cpu -> ").And.One.Contains("[10, 48] float32 cpu"));
        }
    }

    [Test]
    public void Four_ranks_are_merged_into_one_trace()
    {
        using var job = new Job();
        ProcessResult run =
            Launcher.OpenMpi.Run(_program, _steps, job.Folder, "OBJWATCH_OUTPUT=train.objtrace OBJWATCH_RANKS=all", processes: 4);
        Assert.That(Training.Weights(run), Is.EqualTo([_weights, _weights, _weights, _weights]));
        Assert.That(job.Files, Is.EquivalentTo(Enumerable.Range(0, 4).Select(rank => $"train.rank{rank}.objtrace")));

        ProcessResult merge = job.ObjWatch("merge", "train.rank*.objtrace");
        Assert.That(merge.ErrorLines,
            Is.EqualTo(["objwatch: note: clocks: all ranks ran on one machine, whose clock they share: nothing to align"]));
        for (int rank = 0; rank < 4; rank++)
        {
            string prefix = $"[#{rank}] ";
            Assert.That(merge.OutputLines.Where(line => line.StartsWith(prefix, StringComparison.Ordinal)),
                Is.EqualTo(job.ObjWatch("log", "--no-header", $"train.rank{rank}.objtrace").OutputLines));
        }
    }

    /// <summary>What rank 0 has had from the other, in an allreduce that ended, the other must have begun.</summary>
    [Test]
    public async Task A_rank_that_is_killed_in_training_leaves_all_that_others_had_of_it()
    {
        Launcher.OpenMpi.Require();
        using var job = new Job();
        Task<ProcessResult> run = Task.Run(() => Launcher.OpenMpi.Run(_program, _endless, job.Folder, Outputs));
        Training.KillAmid(job, rank: 1, until: run);
        Assert.That((await run).ExitCode, Is.Not.Zero, "the launcher ends the job");

        string[] survivor = Lines(job, 0), killed = Lines(job, 1);
        int shared = survivor.Count(line => IsEvent(line, "end") && line.Contains(".MpiLibrary.Sum ->", StringComparison.Ordinal));
        Assert.That(shared, Is.Positive);
        Assert.That(killed.Count(line => IsEvent(line, "run") && line.Contains(".MpiLibrary.Sum <-", StringComparison.Ordinal)),
            Is.GreaterThanOrEqualTo(shared));
        AssertMerges(job, survivor, killed);
    }

    /// <summary>Processes without MPI between them, as torchrun starts them: nothing but the launcher could end the others.</summary>
    [Test]
    public async Task When_a_rank_is_killed_the_others_train_on_and_finish_their_traces()
    {
        using var job = new Job();
        Task<ProcessResult> killed =
            Task.Run(() => ProgramRunner.Run(_program, _endless, Launcher.Variables("RANK=1 WORLD_SIZE=2 " + Outputs), job.Folder));
        Training.WaitForTrace(job, rank: 1, until: killed);
        Task<ProcessResult> survivor =
            Task.Run(() => ProgramRunner.Run(_program, _steps, Launcher.Variables("RANK=0 WORLD_SIZE=2 " + Outputs), job.Folder));
        Training.WaitForTrace(job, rank: 0, until: survivor);
        Training.KillAmid(job, rank: 1, until: killed);
        await killed;

        Assert.That(Training.Weights(await survivor), Is.EqualTo([_weights]));
        string[] whole = Lines(job, 0), part = Lines(job, 1);
        Assert.That(whole.Last(), Does.Contain(" end DistributedTraining.Program.Main -> 0"));
        AssertMerges(job, whole, part);
    }

    private static string[] Lines(Job job, int rank)
    {
        ProcessResult log = job.ObjWatch("log", "--no-header", $"train.rank{rank}.objtrace");
        Assert.That(log.ExitCode, Is.Zero, log.Error);
        if (rank == 1)
            Assert.That(log.ErrorLines,
                Is.EqualTo(
                    ["objwatch: note: the trace was not closed: its process was killed or crashed, or is still running; what it had "
                        + "recorded is all there"]));
        return log.OutputLines;
    }

    private static void AssertMerges(Job job, params string[][] ranks)
    {
        ProcessResult merge = job.ObjWatch("merge", "train.rank*.objtrace");
        Assert.That(merge.ExitCode, Is.Zero, merge.Error);
        for (int rank = 0; rank < ranks.Length; rank++)
            Assert.That(merge.OutputLines.Where(line => line.StartsWith($"[#{rank}] ", StringComparison.Ordinal)), Is.EqualTo(ranks[rank]));
    }

    private static bool IsEvent(string line, string kind) =>
        line[5..].TrimStart().Split(' ', StringSplitOptions.RemoveEmptyEntries).ElementAtOrDefault(1) == kind;
}
