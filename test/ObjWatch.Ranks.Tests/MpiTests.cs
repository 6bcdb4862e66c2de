using System;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Ranks.Tests;

/// <summary>A woven program as two ranks of an MPI job. Each "work" makes 15 events, and the first one 2 more.</summary>
[TestFixtureSource(nameof(Launchers))]
internal sealed class MpiTests
{
    private readonly Launcher _launcher;
    private Job _job = new();

    public MpiTests(Launcher launcher) => _launcher = launcher;

    public static Launcher[] Launchers => [Launcher.OpenMpi, Launcher.Mpich];

    [SetUp]
    public void MakeFolder() => _job = new Job();

    [TearDown]
    public void RemoveFolder() => _job.Dispose();

    [TestCase("0", new[] { 0 })]
    [TestCase("1", new[] { 1 })]
    [TestCase("all", new[] { 0, 1 })]
    public void Listed_ranks_leave_a_file_each_and_others_nothing(string ranks, int[] expected)
    {
        Succeeds(_job.Run(_launcher, "work init work finish", $"OBJWATCH_OUTPUT=run.objwatch OBJWATCH_RANKS={ranks}"));

        Assert.That(_job.Files, Is.EquivalentTo(expected.Select(rank => $"run.rank{rank}.objwatch")));
        foreach (int rank in expected)
            Assert.That(_job.Prefixes($"run.rank{rank}.objwatch"), Is.EqualTo($"32 [#{rank}]"),
                "the launcher tells the rank before the program begins");
    }

    [Test]
    public void Of_MPI_alone_the_rank_is_known_once_the_program_has_initialised_it()
    {
        Succeeds(_job.Run(_launcher, "work init work finish work", "OBJWATCH_OUTPUT=run.objwatch;run.objtrace OBJWATCH_FRAMEWORK=mpi"));

        Assert.That(
            _job.Files, Is.EquivalentTo(["run.rank0.objwatch", "run.rank0.objtrace", "run.rank1.objwatch", "run.rank1.objtrace"]),
            "what was recorded before the rank was known is kept");
        Assert.That(_job.Prefixes("run.rank0.objwatch"), Is.EqualTo("17 -, 30 [#0]"));
        Assert.That(_job.Prefixes("run.rank1.objwatch"), Is.EqualTo("17 -"));
    }

    [Test]
    public void Start_passes_a_barrier_that_ranks_which_do_not_record_pass_too()
    {
        ProcessResult run = _job.Run(_launcher, "init start work stop finish", "OBJWATCH=manual OBJWATCH_OUTPUT=run.objtrace");

        Succeeds(run);
        Assert.That(run.Error, Does.Not.Contain("OBJW1142"));
        Assert.That(_job.Files, Is.EqualTo(["run.rank0.objtrace"]));
        Assert.That(
            _job.ObjWatch("info",
                "run.rank0.objtrace").OutputLines.Where(line => line.StartsWith("clock.barrier", StringComparison.Ordinal)), Has.One.Items);
    }

    [Test]
    public void A_rank_that_never_starts_is_not_waited_for_longer_than_the_timeout()
    {
        ProcessResult run = _job.Run(_launcher, "init start:0 work sum finish", "OBJWATCH=manual OBJWATCH_OUTPUT=run.objtrace");

        Succeeds(run);
        Assert.That(run.OutputLines.Where(line => line.StartsWith("sum", StringComparison.Ordinal)), Is.EqualTo(["sum 2", "sum 2"]),
            "the ranks go on working together");
        Assert.That(run.ErrorLines, Has.One.EqualTo(
            "objwatch: warning OBJW1142: not all ranks called Tracer.Start within 10 s; rank 0 of 2 goes on without them"));
        Assert.That(_job.Files, Is.EqualTo(["run.rank0.objtrace"]));
    }

    [Test]
    public void A_rank_that_stops_waits_for_no_other()
    {
        // The other one comes to the sum only with the first, and never stops.
        ProcessResult run =
            _job.Run(_launcher, "init start work stop:0 sum work finish",
                "OBJWATCH=manual OBJWATCH_OUTPUT=run.objtrace OBJWATCH_RANKS=all");

        Succeeds(run);
        Assert.That(run.OutputLines.Where(line => line.StartsWith("sum", StringComparison.Ordinal)), Is.EqualTo(["sum 2", "sum 2"]));
        Assert.That(
            _job.ObjWatch("merge", "run.rank*.objtrace").OutputLines.GroupBy(line => line[..4])
            .Select(rank => $"{rank.Count()} {rank.Key}"),
            Is.EquivalentTo(["15 [#0]", "30 [#1]"]));
    }

    [Test]
    public void A_killed_rank_leaves_what_it_recorded_and_its_trace_is_merged_with_the_others()
    {
        // Both have worked once when they meet in the sum.
        _job.Run(_launcher, "init work sum kill:1 work work", "OBJWATCH_OUTPUT=run.objtrace OBJWATCH_RANKS=all", goOnWithout: true);

        Assert.That(_job.Files, Is.EquivalentTo(["run.rank0.objtrace", "run.rank1.objtrace"]));
        ProcessResult merge = _job.ObjWatch("merge", "run.rank*.objtrace");
        Assert.That(merge.ExitCode, Is.Zero, merge.Error);
        Assert.That(merge.OutputLines.Count(line => line.StartsWith("[#1] ", StringComparison.Ordinal)), Is.EqualTo(17));
        Assert.That(
            merge.OutputLines.Count(line => line.StartsWith("[#0] ", StringComparison.Ordinal)),
            Is.InRange(_launcher.GoOnWithout is null ? 17 : 47, 47), "the others go on, unless the launcher kills them too");
        Assert.That(merge.ErrorLines, Has.One.StartsWith("objwatch: note: run.rank1.objtrace: the trace was not closed: "));
    }

    private static void Succeeds(ProcessResult run) => Assert.That(run.ExitCode, Is.Zero, run.Error);
}
