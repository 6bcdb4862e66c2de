using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Recording;
using ObjWatch.Runtime.Tests;
using ObjWatch.Woven;

namespace ObjWatch.Survival.Tests;

/// <summary>What happens to events for which no room is ready: wait, drop or ring.</summary>
[TestFixture]
internal sealed class PolicyTests : SurvivalFixture
{
    private const int Mebibyte = 1024 * 1024;
    private const int EventSize = 36;
    private const int EventsOfMebibyte = Mebibyte / EventSize;

    // More than room is ever kept ready for: without a disk the last ones are dropped.
    private const int TooMany = 2 * 1_500_000;

    [OneTimeSetUp]
    public void EndAutomaticSession()
    {
        using var directory = new TemporaryDirectory();
        Environment.SetEnvironmentVariable("OBJWATCH_OUTPUT", directory["automatic.objtrace"]);
        _ = WovenSites.Next;
        Tracer.Stop();
        Environment.SetEnvironmentVariable("OBJWATCH_OUTPUT", null);
    }

    [Test]
    public void Dropping_threads_go_on_and_the_trace_says_where_how_many_events_are_missing()
    {
        using (Start("drop"))
        {
            var counter = new Counter();
            int n = 0;
            for (int i = 0; i < 3; i++)
            {
                WithoutDisk(() => InThread("worker 1", () => counter = Store(counter, ref n, until: n + TooMany)));
                // Room is ready again.
                InThread("worker 2", () => Store(new Counter(), until: 10));
            }
        }

        PlainTrace trace = PlainTrace.Read(Trace);
        NumberedEvents[] all = [.. trace.Threads.Values];
        Assert.Multiple(() =>
        {
            Assert.That(trace.Problems, Is.Empty);
            Assert.That(all.Sum(stream => stream.Lost), Is.GreaterThan(0));
            Assert.That(all.Sum(stream => stream.Lost) + all.Sum(stream => stream.Count), Is.EqualTo(3 * (TooMany + 10)));
        });
    }

    [Test]
    public void A_thread_that_drops_and_records_again_has_its_gap_in_the_right_place()
    {
        using (Start("drop"))
        {
            var counter = new Counter();
            int n = 0;
            for (int i = 0; i < 5; i++)
            {
                WithoutDisk(() => Store(counter, ref n, until: n + TooMany));
                // While the disk answers, the thread finds a chunk sooner or later.
                long dropped = ThreadRecorder.Current!.Dropped;
                while (ThreadRecorder.Current!.Dropped == dropped)
                    Store(counter, ref n, until: n + 1);
                Store(counter, ref n, until: n + 100);
            }
        }

        PlainTrace trace = PlainTrace.Read(Trace);
        NumberedEvents found = trace.Threads.Values.Single();
        Assert.Multiple(() =>
        {
            Assert.That(trace.Problems, Is.Empty);
            Assert.That(found.Gaps, Is.Empty);
            Assert.That(found.Lost, Is.GreaterThan(0));
            Assert.That(found.Last, Is.EqualTo(found.Count + found.Lost));
        });
    }

    [Test]
    public void What_is_dropped_last_is_told_too()
    {
        int n = 0;
        using (Start("drop"))
        {
            var counter = new Counter();
            WithoutDisk(() => Store(counter, ref n, until: TooMany));
        }

        NumberedEvents found = PlainTrace.Read(Trace).Threads.Values.Single();
        Assert.That(found.Gaps, Is.Empty);
        Assert.That(found.Lost, Is.GreaterThan(0));
        Assert.That(found.Last, Is.EqualTo(n));
    }

    [Test]
    [Platform("Linux")]
    public void A_program_that_dropped_events_says_so_at_its_end()
    {
        using var subject = new Subject(Trace, "join", most: 1_000_000, whenFull: "drop");
        Assert.That(subject.WaitForExit(), Is.Zero);

        PlainTrace trace = PlainTrace.Read(Trace);
        long lost = trace.Threads.Values.Sum(stream => stream.Lost);
        long found = trace.Threads.Values.Sum(stream => stream.Count);
        string[] expected =
        [
            .. lost > 0 ? [$"objwatch: warning OBJW1151: {lost} events were dropped, because the disk could not keep up (WhenFull is drop)"]
                : Array.Empty<string>(),
            $"objwatch: {found} events -> {Trace}",
        ];
        Assert.That(subject.Errors.TrimEnd().Split('\n'), Is.EqualTo(expected));
        Assert.That(trace.Threads.Values.SelectMany(stream => stream.Gaps), Is.Empty);
        Assert.That(found + lost, Is.EqualTo(SurvivalProgram.Workers * 1_000_000));
    }

    [Test]
    public void A_ring_keeps_the_last_events_of_each_thread_in_bounded_space()
    {
        const int Most = 30 * EventsOfMebibyte;
        using (Start("ring:4"))
            InThread("worker 0", () => Store(new Counter(), Most));

        PlainTrace trace = PlainTrace.Read(Trace);
        NumberedEvents found = trace.Of(0);
        Assert.Multiple(() =>
        {
            Assert.That(trace.Problems, Is.Empty);
            Assert.That(trace.RingChunks, Is.EqualTo(64));
            Assert.That(found.Gaps, Is.Empty);
            Assert.That(found.Last, Is.EqualTo(Most));
            Assert.That(found.First, Is.GreaterThan(1));
            Assert.That(found.Count, Is.GreaterThan(4 * EventsOfMebibyte * 0.98));
            Assert.That(trace.Length, Is.LessThan(14 * Mebibyte));
        });
    }

    [Test]
    public void A_ring_that_is_not_full_has_everything()
    {
        using (Start("ring:4"))
            InThread("worker 0", () => Store(new Counter(), EventsOfMebibyte));

        Assert.That(PlainTrace.Read(Trace).Of(0).Count, Is.EqualTo(EventsOfMebibyte));
    }

    [Test]
    public void A_ring_forgets_events_and_no_names()
    {
        using (Start("ring:1"))
        {
            var counter = new Counter();
            InThread("worker 0", () => counter.Next(1));
            // What an ended thread leaves is known for full only now.
            GC.Collect();
            GC.WaitForPendingFinalizers();
            InThread("worker 1", () => Store(counter, 40 * EventsOfMebibyte));
            InThread("worker 2", () => counter.Next(2));
        }

        string[] lines = ObjWatch("log", Trace, "--no-header").Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.That(lines[0], Does.Match(@"^ *14 upd Counter\.Size \d+ -> \d+ #\d+$"));
        Assert.That(lines[^3], Does.Match(@"^ *10 run Tests\.Counter\.Next <- 'this':Counter#\d+, 'n':2 \[T3\]$"));
        Assert.That(lines[^1], Does.EndWith("end Tests.Counter.Next -> 2 [T3]"));
    }

    [Test]
    public void The_text_of_a_ring_is_what_it_holds_at_the_end()
    {
        string text = Path.Combine(Folder, "run.objwatch");
        using (Start("ring:1", text + ";" + Trace))
            InThread("worker 0", () => Store(new Counter(), 20 * EventsOfMebibyte));

        string[] lines = EventLines.Of(text).ToArray();
        Assert.That(lines, Has.Length.EqualTo(PlainTrace.Read(Trace).Of(0).Count));
        Assert.That(lines[^1], Does.Contain($" -> {20 * EventsOfMebibyte} "));
    }

    [Test]
    [Platform("Linux")]
    public void A_ring_can_be_read_at_any_time_and_after_a_kill()
    {
        using var subject = new Subject(Trace, "wait", most: 60 * EventsOfMebibyte, whenFull: "ring:2");
        var readings = new List<long>();
        for (int i = 1; i <= 10; i++)
        {
            subject.WaitFor(i * 8 * EventsOfMebibyte);
            int[] reported = subject.Progress.Snapshot();
            readings.Add(AssertConsecutive(atLeast: reported, alive: true));
        }

        subject.Signal(9);
        subject.WaitForExit();
        readings.Add(AssertConsecutive(subject.Progress.Snapshot(), alive: false));
        Assert.That(readings[^1], Is.GreaterThan(2 * EventsOfMebibyte * 0.98));
        Assert.That(new FileInfo(Trace).Length, Is.LessThan(14 * Mebibyte));
        (int exitCode, string output, string error) = ObjWatch("log", Trace, "--no-header");
        Assert.That(exitCode, Is.Zero);
        Assert.That(output.Count(unit => unit == '\n'), Is.EqualTo(readings[^1]));
        Assert.That(error, Does.Not.Contain("damaged").And.Contain("ring"));
    }

    [TestCase("ring:0")]
    [TestCase("ring:x")]
    [TestCase("ring:1:2")]
    [TestCase("block")]
    [Platform("Linux")]
    public void A_policy_that_is_not_understood_is_named(string policy)
    {
        using var subject = new Subject(Trace, "join", most: 10, whenFull: policy);

        Assert.That(subject.WaitForExit(), Is.Zero);
        Assert.That(subject.Errors,
            Does.StartWith($"objwatch: warning OBJW1150: WhenFull '{policy}' is ignored: it must be wait, drop, or ring:N "));
        AssertNothingLost(Trace, subject.Progress.Snapshot());
    }

    private long AssertConsecutive(int[] atLeast, bool alive)
    {
        PlainTrace trace = PlainTrace.Read(Trace);
        Assert.Multiple(() =>
        {
            Assert.That(trace.Problems, Is.Empty);
            for (int slot = 0; slot < SurvivalProgram.Workers; slot++)
            {
                NumberedEvents found = trace.Of(slot);
                Assert.That(found.Gaps, Is.Empty, $"worker {slot}");
                if (!alive)
                    Assert.That(found.Last, Is.GreaterThanOrEqualTo(atLeast[slot]), $"worker {slot}");
            }
        });
        return trace.Threads.Values.Sum(stream => stream.Count);
    }

    private IDisposable Start(string policy, string? output = null) =>
        Tracer.Start(new TracerOptions { Output = output ?? Trace, WhenFull = policy });

    /// <summary>Does something while the disk does not answer: no further room for events becomes ready.</summary>
    private static void WithoutDisk(ThreadStart action)
    {
        lock (TracedProcess.This.Current!.Trace.Preparing)
            action();
    }

    private static void InThread(string name, ThreadStart action)
    {
        var thread = new Thread(action) { Name = name };
        thread.Start();
        thread.Join();
    }

    private static Counter Store(Counter counter, int until)
    {
        int n = 0;
        return Store(counter, ref n, until);
    }

    private static Counter Store(Counter counter, ref int n, int until)
    {
        while (n < until)
            counter.Size = ++n;
        return counter;
    }
}
