using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Runtime.Tests;

/// <summary>What a process of a distributed program records, by its rank.</summary>
[NonParallelizable]
public sealed class RankTests
{
    private string _directory = "";

    private IEnumerable<string?> Files => Directory.GetFiles(_directory).Select(Path.GetFileName);

    [SetUp]
    public void MakeDirectory() => _directory = Directory.CreateTempSubdirectory("objwatch-").FullName;

    [TearDown]
    public void RemoveDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void A_listed_rank_has_files_of_its_own_and_a_prefix_on_every_line()
    {
        using Child child = Run(["count", "5"], "run.objwatch;run.objtrace", "OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=2");

        Assert.That(Files, Is.EquivalentTo(["run.rank0.objwatch", "run.rank0.objtrace"]));
        string[] lines = TextEvents("run.rank0.objwatch");
        Assert.That(lines, Has.Length.EqualTo(5).And.All.StartsWith("[#0]    14 upd Counter.Size "));
        Assert.That(Recording.Lines(Path.Combine(_directory, "run.rank0.objtrace")), Is.EqualTo(lines));
        Assert.That(child.LastError, Does.StartWith("objwatch: 5 events -> ").And.Contains("run.rank0.objwatch"));
    }

    [TestCase("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2")]
    [TestCase("OBJWATCH_RANK=1 RANK=0 WORLD_SIZE=2")]
    [TestCase("RANK=0 WORLD_SIZE=2 OBJWATCH_RANKS=1")]
    public void A_rank_that_is_not_listed_leaves_nothing_and_says_nothing(string variables)
    {
        using Child child = Run(["count", "5"], "run.objwatch", variables);

        Assert.That(Files, Is.Empty);
        Assert.That(child.Errors, Is.Empty);
    }

    [TestCase("all", 3)]
    [TestCase("1,3-5", 3)]
    public void The_option_lists_the_ranks(string ranks, int rank)
    {
        using Child child = Run(["count", "5"], "run.objwatch", $"RANK={rank} WORLD_SIZE=8 OBJWATCH_RANKS={ranks}");

        Assert.That(TextEvents($"run.rank{rank}.objwatch"), Has.Length.EqualTo(5).And.All.StartsWith($"[#{rank}] "));
    }

    [Test]
    public void A_malformed_list_is_told_and_rank_0_taken()
    {
        using Child child = Run(["count", "5"], "run.objwatch", "RANK=0 WORLD_SIZE=2 OBJWATCH_RANKS=0,two");

        Assert.That(child.Errors,
            Does.StartWith("objwatch: warning OBJW1140: the list of ranks '0,two' is malformed, rank 0 is taken: 'two' is neither "));
        Assert.That(Files, Is.EqualTo(["run.rank0.objwatch"]));
    }

    [Test]
    public void A_malformed_rank_of_our_own_variables_is_told()
    {
        using Child child = Run(["count", "5"], "run.objwatch", "OBJWATCH_RANK=first");

        Assert.That(child.Errors, Does.StartWith("objwatch: warning OBJW1140: OBJWATCH_RANK='first' is ignored: "));
        Assert.That(Files, Is.EqualTo(["run.objwatch"]));
    }

    [Test]
    public void Without_a_framework_nothing_is_filtered()
    {
        using Child child = Run(["count", "5"], "run.objwatch", "RANK=1 WORLD_SIZE=2 OBJWATCH_FRAMEWORK=none");

        Assert.That(TextEvents("run.objwatch"), Has.Length.EqualTo(5).And.All.StartsWith("   14 upd"));
    }

    [Test]
    public void An_unknown_framework_is_told_with_the_known_ones()
    {
        using Child child = Run(["count", "5"], "run.objwatch", "RANK=1 WORLD_SIZE=2 OBJWATCH_FRAMEWORK=horovod");

        Assert.That(
            child.Errors.Split('\n')[0],
            Is.EqualTo(
                "objwatch: error OBJW1141: there is no framework 'horovod', so the rank stays unknown; known are auto, env, mpi, none"));
        Assert.That(TextEvents("run.objwatch"), Has.Length.EqualTo(5));
    }

    [Test]
    public void A_list_without_any_rank_there_is_is_told_once()
    {
        using Child first = Run(["count", "5"], "run.objwatch", "RANK=0 WORLD_SIZE=2 OBJWATCH_RANKS=2-9");
        using Child second = Run(["count", "5"], "run.objwatch", "RANK=1 WORLD_SIZE=2 OBJWATCH_RANKS=2-9");

        Assert.That(first.Errors, Does.StartWith("objwatch: warning OBJW1145: nothing is recorded: there are 2 ranks, "));
        Assert.That(second.Errors, Is.Empty);
        Assert.That(Files, Is.Empty);
    }

    [TestCase("auto")]
    [TestCase("LATER")]
    public void From_the_moment_the_rank_is_known_events_carry_it_and_the_files_are_renamed(string framework)
    {
        using Child child = Start(
            ["two-ranks-later", "2"], "run.objwatch;run.objtrace", $"OBJWATCH_RANKS=all OBJWATCH_FRAMEWORK={framework}");
        child.WaitFor("ready");
        WaitForFile("run.rank2.objtrace");
        child.Process.Kill();
        child.WaitForExit();

        Assert.That(Files, Is.EquivalentTo(["run.rank2.objwatch", "run.rank2.objtrace"]));
        string[] lines = Recording.Lines(Path.Combine(_directory, "run.rank2.objtrace"));
        Assert.That(lines, Has.Length.EqualTo(10));
        Assert.That(lines.Take(5), Has.All.StartsWith("   14 upd"));
        Assert.That(lines.Skip(5), Has.All.StartsWith("[#2]    14 upd"));
    }

    [Test]
    public void A_rank_that_turns_out_not_to_be_listed_keeps_what_it_has_recorded_and_records_nothing_more()
    {
        using Child child = Start(["two-ranks-later", "2"], "run.objwatch", "");
        child.WaitFor("ready");
        WaitForFile("run.rank2.objwatch");
        Assert.That(child.WaitForExit(), Is.Zero);

        Assert.That(Files, Is.EqualTo(["run.rank2.objwatch"]));
        Assert.That(TextEvents("run.rank2.objwatch"), Has.Length.EqualTo(5).And.All.StartsWith("   14 upd"));
        Assert.That(child.LastError, Does.StartWith("objwatch: 5 events -> "));
    }

    [Test]
    public void Each_thread_carries_the_rank_from_its_next_event_on()
    {
        bool initialized = false;
        using var recording = new Recording(new TracerOptions
        {
            Ranks = "3", RankProvider = new DelegateRankProvider("test", () => initialized, () => 3, () => 4),
        });
        using var known = new ManualResetEventSlim();
        using var began = new ManualResetEventSlim();
        var other = new Thread(() => new Counter().Next(1, () =>
        {
            began.Set();
            known.Wait();
        }));
        other.Start();
        began.Wait();
        new Counter().Next(1);
        Volatile.Write(ref initialized, true);
        new Counter().Next(1);
        known.Set();
        other.Join();
        recording.Dispose(deleteFiles: false);

        string[] lines = Recording.Lines(Path.Combine(recording.Directory, "run.rank3.objtrace"));
        Assert.That(Kinds(lines, "[T1]"), Is.EqualTo(new[] { "run", "upd", "[#3] end" }));
        Assert.That(Kinds(lines, "[T2]"), Is.EqualTo(new[] { "run", "upd", "end", "[#3] run", "[#3] upd", "[#3] end" }));
    }

    [Test]
    public void A_provider_that_throws_is_told_once_and_not_asked_again()
    {
        int asked = 0;
        using var recording = new Recording(new TracerOptions
        {
            RankProvider =
                new DelegateRankProvider("broken", () => ++asked > 2 ? throw new InvalidOperationException("no") : false, () => 0, () => 1),
        });
        for (int i = 0; i < 10; i++)
            new Counter().Next(i + 1);

        Assert.That(recording.Stop(), Has.Length.EqualTo(30));
        Assert.That(asked, Is.EqualTo(3));
    }

    [TestCase("passes", true)]
    [TestCase("fails", false)]
    public void Start_synchronises_the_ranks_or_warns(string how, bool passes)
    {
        using Child child = Run(["barrier", how], "run.objtrace", "OBJWATCH_RANKS=all");

        Assert.That(child.Errors.Contains("warning OBJW1142: not all ranks called Tracer.Start"), Is.Not.EqualTo(passes));
        Assert.That(Recording.Facts(Path.Combine(_directory, "run.rank1.objtrace")).Contains("clock.barrier"), Is.EqualTo(passes));
    }

    private static IEnumerable<string> Kinds(string[] lines, string thread) =>
        lines.Where(line => line.EndsWith(thread, StringComparison.Ordinal) || (thread == "[T1]" && !line.Contains("[T")))
            .Select(line => (line.StartsWith('[') ? line[..5] : "")
                + line.Split(' ', StringSplitOptions.RemoveEmptyEntries).First(word => word is "run" or "upd" or "end"));

    private Child Run(string[] scenario, string output, string variables)
    {
        Child child = Start(scenario, output, variables);
        Assert.That(child.WaitForExit(), Is.Zero, child.Errors);
        return child;
    }

    private Child Start(string[] scenario, string output, string variables) => new(
        _directory, scenario, output,
        variables: variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('='))
        .ToDictionary(pair => pair[0], pair => pair[1]));

    /// <summary>The lines of a text behind its header.</summary>
    private string[] TextEvents(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(_directory, file));
        return lines[(Array.LastIndexOf(lines, new string('=', 80)) + 1)..];
    }

    private void WaitForFile(string name) => Waiting.Until(() => File.Exists(Path.Combine(_directory, name)));
}
