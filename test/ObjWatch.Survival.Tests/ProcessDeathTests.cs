using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Survival.Tests;

/// <summary>Every event that a thread has got past is in the trace, however the process ends, and none is missing before it.</summary>
[TestFixture]
[Platform("Linux", Reason = "Signals and their default actions are set as Linux does it.")]
internal sealed class ProcessDeathTests : SurvivalFixture
{
    private const int Sigint = 2;
    private const int Sigkill = 9;
    private const int Sigcont = 18;
    private const int Sigstop = 19;

    /// <summary>How often a process is killed: 20 times, or as often as KILLS says.</summary>
    private static int Kills =>
        int.TryParse(Environment.GetEnvironmentVariable("KILLS"), CultureInfo.InvariantCulture, out int kills) ? kills : 20;

    [Test]
    public void A_kill_at_any_instant_loses_nothing()
    {
        var random = new Random(20261122);
        for (int run = 0; run < Kills; run++)
        {
            // Some while the trace is being made, most while threads record.
            long instant = run % 10 == 0 ? 0 : random.Next(1_200_000);
            using var subject = new Subject(Trace, "wait");
            if (instant == 0)
                Waiting.Until(() => File.Exists(Trace) && new FileInfo(Trace).Length > 4096);
            else
                subject.WaitFor(instant);
            subject.Signal(Sigkill);
            Assert.That(subject.WaitForExit(), Is.EqualTo(128 + Sigkill), $"run {run}");
            PlainTrace trace = AssertNothingLost(Trace, subject.Progress.Snapshot());
            Assert.That(trace.Closed, Is.False, $"run {run}");
            Assert.That(trace.Threads.Values.Sum(stream => stream.Count), Is.GreaterThanOrEqualTo(instant), $"run {run}");
            File.Delete(Trace);
        }
    }

    [TestCase(15)]
    [TestCase(Sigint)]
    [TestCase(1)]
    public void A_signal_that_ends_the_process_closes_the_trace(int signal)
    {
        using var subject = new Subject(Trace, "wait");
        subject.WaitFor(50_000);
        subject.Signal(signal);

        Assert.That(subject.WaitForExit(), Is.EqualTo(128 + signal));
        AssertClosed(subject);
    }

    [Test]
    public void A_signal_that_is_ignored_ends_nothing()
    {
        using var subject = new Subject(Trace, "input", prefix: ["env", "--ignore-signal=HUP"]);
        subject.WaitFor(50_000);
        subject.Signal(1);
        subject.WaitFor(SurvivalProgram.Workers * 400_000);

        Assert.That(subject.WaitForExit(), Is.Zero);
        AssertClosed(subject);
        Assert.That(subject.Progress.Total, Is.EqualTo(SurvivalProgram.Workers * 400_000));
    }

    [Test]
    public void A_text_has_every_event_when_a_signal_ends_the_process()
    {
        string text = Path.Combine(Folder, "run.objwatch");
        using var subject = new Subject(text, "wait");
        subject.WaitFor(20_000);
        subject.Signal(15);
        subject.WaitForExit();

        var last = new int[Progress.Slots];
        foreach (string line in EventLines.Of(text))
        {
            // "   14 upd Counter.Size 7 -> 8 #1 [T2]": each thread has an object of its own.
            string[] words = line.Split(' ', StringSplitOptions.RemoveEmptyEntries);
            int value = int.Parse(words[5], CultureInfo.InvariantCulture);
            int owner = int.Parse(words[6].AsSpan(1), CultureInfo.InvariantCulture);
            Assert.That(value, Is.EqualTo(++last[owner]), line);
        }

        Assert.That(last.OrderDescending().Zip(subject.Progress.Snapshot().OrderDescending()), Has.All.Matches<(int Found, int Reported)>(
            pair => pair.Found >= pair.Reported));
        Assert.That(Directory.GetFiles(Folder), Is.EqualTo([text]));
    }

    [TestCase("fail-fast", false)]
    [TestCase("overflow", false)]
    [TestCase("unhandled", true)]
    public void A_crash_loses_nothing(string ending, bool closed)
    {
        using var subject = new Subject(Trace, ending);

        Assert.That(subject.WaitForExit(), Is.EqualTo(128 + 6));
        PlainTrace trace = AssertNothingLost(Trace, subject.Progress.Snapshot());
        Assert.That(trace.Closed, Is.EqualTo(closed));
        Assert.That(subject.Progress.Total, Is.GreaterThanOrEqualTo(50_000));
    }

    [TestCase("exit", 3)]
    [TestCase("return", 0)]
    public void An_exit_while_threads_record_loses_nothing(string ending, int exitCode)
    {
        using var subject = new Subject(Trace, ending, most: 4_000_000);

        Assert.That(subject.WaitForExit(), Is.EqualTo(exitCode));
        AssertClosed(subject);
        Assert.That(subject.Progress.Total, Is.LessThan(SurvivalProgram.Workers * 4_000_000), "the threads were at work at the end");
    }

    [Test]
    public void A_suspended_process_can_be_read_and_goes_on()
    {
        const int Most = 2_000_000;
        using var subject = new Subject(Trace, "wait", most: Most);
        subject.WaitFor(50_000);
        subject.Signal(Sigstop);
        Waiting.Until(() => subject.State() == 'T');
        int[] suspended = subject.Progress.Snapshot();
        PlainTrace meanwhile = AssertNothingLost(Trace, suspended);
        Assert.That(meanwhile.Closed, Is.False);
        Assert.That(subject.Progress.Snapshot(), Is.EqualTo(suspended), "it really was suspended");

        subject.Signal(Sigcont);
        subject.WaitFor(Math.Min(suspended.Sum() + 50_000L, SurvivalProgram.Workers * Most));
        subject.Signal(15);
        Assert.That(subject.WaitForExit(), Is.EqualTo(128 + 15));
        AssertClosed(subject);
    }

    [Test]
    public void Children_that_are_traced_too_write_their_own_traces()
    {
        using var subject = new Subject(Trace, "family", most: 50_000);

        Assert.That(subject.WaitForExit(), Is.Zero, subject.Errors);
        int[] reported = subject.Progress.Snapshot();
        Assert.That(reported.Take(4 * SurvivalProgram.Workers), Is.All.EqualTo(50_000));
        string[] traces = Directory.GetFiles(Folder);
        Assert.That(traces, Has.Length.EqualTo(4), string.Join(' ', traces));
        var found = new long[Progress.Slots];
        foreach (string path in traces)
        {
            PlainTrace trace = AssertNothingLost(path, []);
            Assert.That(trace.ThreadNames, Has.Count.EqualTo(SurvivalProgram.Workers));
            for (int slot = 0; slot < found.Length; slot++)
                found[slot] += trace.Of(slot).Count;
        }

        Assert.That(found, Is.EqualTo(reported));
    }

    private void AssertClosed(Subject subject)
    {
        PlainTrace trace = AssertNothingLost(Trace, subject.Progress.Snapshot());
        Assert.That(trace.Closed, Is.True);
        Match said = Regex.Match(subject.LastError, @"^objwatch: (\d+) events -> (.*)$");
        Assert.That(said.Groups[2].Value, Is.EqualTo(Trace));
        // Each thread may just be writing an event when the events are counted.
        long found = trace.Threads.Values.Sum(stream => stream.Count);
        Assert.That(long.Parse(said.Groups[1].Value, CultureInfo.InvariantCulture), Is.InRange(found - SurvivalProgram.Workers, found));
    }
}
