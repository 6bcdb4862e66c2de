using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Reading.Tests;

namespace ObjWatch.Cli.Tests;

/// <summary><c>objwatch merge</c>: the traces of several ranks as one.</summary>
[TestFixture]
internal sealed class MergeTests
{
    private const string OneClock = "objwatch: note: clocks: all ranks ran on one machine, whose clock they share: nothing to align\n";

    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("objwatch-merge-").FullName;

    [TearDown]
    public void RemoveFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public void Events_of_all_ranks_come_in_the_order_of_time()
    {
        Write(1, RankTraces.Trace(1, "boot a", [(20, 1), (40, 2)]));
        Write(0, RankTraces.Trace(0, "boot a", [(10, 1), (30, 2), (50, 3)]));
        Command merge = Command.Run("merge", Path.Combine(_folder, "train.rank*.objtrace"));

        Assert.That(merge.Error, Is.EqualTo(OneClock));
        Assert.That(merge.ExitCode, Is.Zero);
        Assert.That(Order(merge.Output), Is.EqualTo(new[] { "#0 1", "#1 1", "#0 2", "#1 2", "#0 3" }));
    }

    [Test]
    public void Each_rank_reads_as_its_own_trace_does()
    {
        string[] traces = [.. Enumerable.Range(0, 3).Select(rank => Write(rank, RankTraces.Random(rank, seed: 17 + rank)))];
        string text = Path.Combine(_folder, "all.objwatch");
        Command merge = Command.Run(["merge", .. traces, "-o", text]);

        Assert.That(merge, Is.EqualTo(new Command(0, "", OneClock)));
        string[] merged = File.ReadAllLines(text);
        for (int rank = 0; rank < traces.Length; rank++)
        {
            Assert.That(
                merged.Where(line => line.StartsWith($"[#{rank}] ", StringComparison.Ordinal)),
                Is.EqualTo(Command.Run("log", "--no-header", traces[rank]).Output.Split('\n', StringSplitOptions.RemoveEmptyEntries)));
        }
    }

    [Test]
    public void Clocks_of_different_machines_are_aligned_at_the_barrier()
    {
        // The second machine's clock is 1,000,000 ahead: 1,000,520 there is 520 here.
        Write(0, RankTraces.Trace(0, "boot a", [(510, 1), (530, 2)], "100 500 then"));
        Write(1, RankTraces.Trace(1, "boot b", [(1_000_520, 1), (1_000_540, 2)], "1000490 1000500 then"));
        Write(2, RankTraces.Trace(2, "boot b", [(1_000_525, 1)]));
        Command merge = Command.Run("merge", Path.Combine(_folder, "train.rank*.objtrace"));

        Assert.That(merge.Error,
            Is.EqualTo("objwatch: note: clocks: aligned at the start barrier; there, they are at most 0.000 ms off\n"));
        Assert.That(Order(merge.Output), Is.EqualTo(new[] { "#0 1", "#1 1", "#2 1", "#0 2", "#1 2" }));
    }

    [Test]
    public void The_error_of_the_alignment_is_the_longest_time_in_the_barrier()
    {
        Write(0, RankTraces.Trace(0, "boot a", [(10, 1)], "1000000 1002500 then"));
        Write(1, RankTraces.Trace(1, "", [(10, 1)], "1000000 3500000 then"));

        Assert.That(Command.Run("merge", Path.Combine(_folder, "train.rank*.objtrace")).Error, Does.Contain(" at most 2.500 ms off\n"));
    }

    [Test]
    public void Without_a_barrier_the_times_of_day_have_to_do_and_that_is_said()
    {
        TraceBuilder late = RankTraces.Trace(1, "boot b", [(7_000, 1)]);
        late.StartTicks = 6_000;
        late.StartTime = late.StartTime.AddSeconds(1);
        Write(0, RankTraces.Trace(0, "boot a", [(999_999_999, 1), (1_000_002_000, 2)]));
        string second = Write(1, late);
        Command merge = Command.Run("merge", Path.Combine(_folder, "train.rank*.objtrace"));

        Assert.That(merge.Error, Is.EqualTo(
            "objwatch: note: clocks: aligned by the machines' times of day, because there was no start barrier; they are as far off as "
            + "these are: " + second + "\n"));
        Assert.That(Order(merge.Output), Is.EqualTo(new[] { "#0 1", "#1 1", "#0 2" }));
    }

    [Test]
    public void Events_from_before_the_rank_was_known_are_shown_with_it()
    {
        TraceBuilder trace = RankTraces.Trace(3, "boot a", []);
        trace.Thread(2, 5).Run(Sample.Main, 5, 1, 0).Rank(3).End(Sample.Main, 6, 0, Value.Void);
        string path = Write(3, trace);

        Assert.That(
            Command.Run("merge", path).Output,
            Is.EqualTo("[#3]     1 run Sample.Program.Main <- \n[#3]     1 end Sample.Program.Main -> void\n"));
        Assert.That(
            Command.Run("log", "--no-header", path).Output,
            Is.EqualTo("    1 run Sample.Program.Main <- \n[#3]     1 end Sample.Program.Main -> void\n"));
    }

    [Test]
    public void What_is_wrong_with_a_trace_is_told_with_its_name()
    {
        TraceBuilder killed = RankTraces.Trace(0, "boot a", [(10, 1)]);
        killed.Closed = false;
        string first = Write(0, killed);
        string second = Path.Combine(_folder, "other.objtrace");
        File.WriteAllBytes(second, RankTraces.Trace(-1, "boot a", [(20, 1)]).Build());
        Command merge = Command.Run("merge", first, second);

        Assert.That(merge.ExitCode, Is.Zero);
        Assert.That(merge.Error.Split('\n')[1..3], Is.EqualTo(new[]
        {
            $"objwatch: note: {first}: the trace was not closed: its process was killed or crashed, or is still running; what it had "
            + $"recorded is all there",
            $"objwatch: note: {second}: the trace does not say its rank, its events have none",
        }));
    }

    [Test]
    public void Two_traces_of_one_rank_are_refused()
    {
        string first = Write(0, RankTraces.Trace(0, "boot a", [(10, 1)]));
        string second = Path.Combine(_folder, "other.objtrace");
        File.Copy(first, second);
        Command merge = Command.Run("merge", first, second);

        Assert.That(merge.ExitCode, Is.EqualTo(2));
        Assert.That(merge.Error, Does.StartWith("objwatch: error OBJW1040: 2 traces are of rank 0: "));
    }

    [Test]
    public void A_missing_trace_leaves_no_half_of_a_text()
    {
        string text = Path.Combine(_folder, "all.objwatch");
        Command merge =
            Command.Run("merge", Write(0, RankTraces.Trace(0, "boot a", [(10, 1)])), Path.Combine(_folder, "no.objtrace"), "-o", text);

        Assert.That(merge.ExitCode, Is.EqualTo(2));
        Assert.That(merge.Error, Does.StartWith("objwatch: error OBJW1002: "));
        Assert.That(File.Exists(text), Is.False);
    }

    private static IEnumerable<string> Order(string text) =>
        text.Split('\n').Where(line => line.Contains(" upd ", StringComparison.Ordinal))
        .Select(line => line[1..3] + " " + line.Split("-> ")[1].Split(' ')[0]);

    private string Write(int rank, TraceBuilder trace)
    {
        string path = Path.Combine(_folder, $"train.rank{rank}.objtrace");
        File.WriteAllBytes(path, trace.Build());
        return path;
    }
}
