using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Recording;
using ObjWatch.Trace;

namespace ObjWatch.Runtime.Tests;

/// <summary>Starting and stopping from code, and threads that come and go meanwhile.</summary>
[NonParallelizable]
public sealed class SessionTests
{
    [Test]
    public void Each_session_records_its_own_events()
    {
        var counter = new Counter();
        using var first = new Recording();
        counter.Next(1);
        string[] firstLines = first.Stop();
        counter.Next(2);
        using var second = new Recording();
        counter.Next(3);
        string[] secondLines = second.Stop();

        Assert.That(firstLines.Single(line => line.Contains("upd")), Does.Contain("0 -> 1"));
        Assert.That(secondLines.Single(line => line.Contains("upd")), Does.Contain("2 -> 3"));
    }

    [Test]
    public void Tracer_says_whether_it_is_running()
    {
        Assert.That(Tracer.IsRunning, Is.False);
        using (var recording = new Recording())
        {
            Assert.That(Tracer.IsRunning, Is.True);
            Tracer.Stop();
            Assert.That(Tracer.IsRunning, Is.False);
            Tracer.Stop();
        }

        Assert.That(Tracer.IsRunning, Is.False);
    }

    [Test]
    public void A_start_without_options_goes_on_with_the_session_that_runs()
    {
        using var recording = new Recording();
        using (Tracer.Start())
        {
            new Counter().Next(1);
        }

        Assert.That(recording.Stop().Count(line => line.Contains("run")), Is.EqualTo(1));
    }

    [Test]
    public void A_start_with_options_ends_the_session_that_runs()
    {
        using var first = new Recording();
        new Counter().Next(1);
        using var second = new Recording();
        new Counter().Next(2);

        Assert.That(first.Stop().Count(line => line.Contains("run")), Is.EqualTo(1));
        Assert.That(Tracer.IsRunning, Is.True, "disposing a session that was replaced does not end its successor");
        Assert.That(second.Stop().Count(line => line.Contains("run")), Is.EqualTo(1));
    }

    [Test]
    public void The_same_output_may_be_written_again()
    {
        using var first = new Recording();
        new Counter().Next(1);
        first.Stop();
        using (Tracer.Start(new TracerOptions { Output = first.Trace }))
        {
        }

        Assert.That(Recording.Lines(first.Trace), Is.Empty);
    }

    [Test]
    public void A_method_that_runs_on_into_the_next_session_ends_in_neither()
    {
        var first = new Recording();
        Recording? second = null;
        var counter = new Counter();
        counter.Next(1, () =>
        {
            first.Stop();
            second = new Recording();
            counter.Next(2);
        });
        counter.Next(3);

        Assert.That(Recording.Events(Recording.Lines(first.Trace)).Select(line => line[..3]), Is.EqualTo(new[] { "run", "upd" }));
        string[] lines = second!.Stop();
        Assert.That(lines.Select(line => line[..10]), Is.EqualTo(new[] { "   13 run ", "   12   up", "   13 end ", "   10 run ", "   12   up", "   10 end " }));
        first.Dispose();
        second.Dispose();
    }

    [Test]
    public void An_interruption_does_not_break_into_the_end_of_a_session()
    {
        DirectoryInfo directory = Directory.CreateTempSubdirectory("objwatch-");
        string text = Path.Combine(directory.FullName, "run.objwatch");
        using var recording = new Recording(new TracerOptions { Output = text });
        var counter = new Counter();
        for (int i = 1; i <= 1000; i++)
            counter.Next(i);
        bool cameBack = false;
        var thread = new Thread(() =>
        {
            Thread.CurrentThread.Interrupt();
            Tracer.Stop();
            try
            {
                new ManualResetEvent(false).WaitOne(TimeSpan.FromMinutes(1));
            }
            catch (ThreadInterruptedException)
            {
                cameBack = true;
            }
        });
        thread.Start();
        thread.Join();

        Assert.That(cameBack, Is.True, "it was meant for a wait of the program's own");
        Assert.That(EventLines.Of(text).Count(), Is.EqualTo(3000));
        Assert.That(directory.GetFiles(), Has.Length.EqualTo(1), "the binary trace is only needed while the program runs");
        directory.Delete(recursive: true);
    }

    [Test]
    public void Threads_that_are_interrupted_when_they_come_in_have_their_own_complete_streams()
    {
        const int Threads = 200;
        const int Together = 8;
        using var recording = new Recording();
        // Each group has a barrier of its own: one that too many threads use at once throws.
        Barrier[] barriers = Enumerable.Range(0, Threads / Together).Select(_ => new Barrier(Together)).ToArray();
        Thread[] threads = Enumerable.Range(0, Threads).Select(i => new Thread(() =>
        {
            barriers[i / Together].SignalAndWait();
            Thread.CurrentThread.Interrupt();
            new Counter().Next(1);
        })).ToArray();
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        string[] lines = recording.Stop();
        Assert.That(lines, Has.Length.EqualTo(3 * Threads));
        Assert.That(lines.Select(ThreadOf).Distinct().Count(), Is.EqualTo(Threads));
    }

    [Test]
    public void Sessions_may_end_and_begin_while_threads_record()
    {
        using var stop = new CancellationTokenSource();
        Thread[] threads = Enumerable.Range(0, 3).Select(_ => new Thread(() =>
        {
            var counter = new Counter();
            for (int i = 1; !stop.IsCancellationRequested; i++)
                counter.Next(i, () => counter.Size = i);
        })).ToArray();
        foreach (Thread thread in threads)
            thread.Start();
        int events = 0;
        int strays = 0;
        for (int session = 0; session < 20; session++)
        {
            using var recording = new Recording();
            SpinWait.SpinUntil(() => RecordingSession.Current!.Threads.Streams == threads.Length);
            string[] lines = recording.Stop();
            events += lines.Length;
            strays += StrayEnds.In(recording.Trace);
            Assert.That(lines.Count(line => !Regex.IsMatch(line, @"^ *\d+ +(run|end|upd) (Tests\.Counter\.Next|Counter\.value|Counter\.Size) ")), Is.Zero);
        }

        stop.Cancel();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(events, Is.Positive);
        Assert.That(strays, Is.Zero, "no end without its run");
    }

    /// <summary>Counts the ends that come while no run of their thread is open.</summary>
    private sealed class StrayEnds : IRecordVisitor
    {
        private readonly Dictionary<uint, int> _open = [];

        public int Count { get; private set; }

        public void Visit(TraceStream stream, ReadOnlySpan<byte> record)
        {
            var kind = (RecordKind)record[2];
            int open = _open.GetValueOrDefault(stream.Number);
            if (kind == RecordKind.Run)
                _open[stream.Number] = open + 1;
            else if (kind is RecordKind.End or RecordKind.Failed && open == 0)
                Count++;
            else if (kind is RecordKind.End or RecordKind.Failed)
                _open[stream.Number] = open - 1;
        }

        public static int In(string trace)
        {
            using var reader = new TraceReader(trace, growing: false);
            var ends = new StrayEnds();
            new EventMerger(reader).Merge(ends);
            return ends.Count;
        }
    }

    [Test]
    public void Every_thread_has_its_own_complete_stream()
    {
        using var recording = new Recording();
        const int Threads = 8;
        const int Calls = 2000;
        Thread[] threads = Enumerable.Range(0, Threads).Select(_ => new Thread(() =>
        {
            var counter = new Counter();
            for (int i = 1; i <= Calls; i++)
                counter.Next(i);
        })).ToArray();
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        var byThread = recording.Stop().GroupBy(ThreadOf).ToArray();
        Assert.That(byThread, Has.Length.EqualTo(Threads));
        foreach (IGrouping<string, string> lines in byThread)
        {
            Assert.That(lines.Count(line => line.Contains(" run ")), Is.EqualTo(Calls));
            Assert.That(lines.Count(line => line.Contains(" end ")), Is.EqualTo(Calls));
            Assert.That(
                lines.Where(line => line.Contains(" upd ")).Select(line => line.Split("-> ")[1].Split(' ')[0]),
                Is.EqualTo(Enumerable.Range(1, Calls).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))));
        }
    }

    [Test]
    public void Threads_that_have_ended_are_counted()
    {
        using var recording = new Recording();
        for (int i = 0; i < 50; i++)
        {
            var thread = new Thread(() => new Counter().Next(1));
            thread.Start();
            thread.Join();
            if (i % 10 == 0)
            {
                GC.Collect();
                GC.WaitForPendingFinalizers();
            }
        }

        Assert.That(RecordingSession.Current!.Threads.CountEvents(), Is.EqualTo(150));
        Assert.That(recording.Stop(), Has.Length.EqualTo(150));
    }

    [Test]
    public void Threads_that_come_and_go_share_a_chunk()
    {
        const int Threads = 1000;
        using var recording = new Recording();
        for (int i = 1; i <= Threads; i++)
        {
            int number = i;
            var thread = new Thread(() => new Counter().Next(number));
            thread.Start();
            thread.Join();
        }

        string[] lines = recording.Stop();
        long length = new FileInfo(recording.Trace).Length;
        Assert.Multiple(() =>
        {
            Assert.That(lines.Where(line => line.Contains("upd")).Select(line => line.Split("-> ")[1].Split(' ')[0]),
                Is.EqualTo(Enumerable.Range(1, Threads).Select(i => i.ToString(System.Globalization.CultureInfo.InvariantCulture))));
            Assert.That(lines.Select(ThreadOf).Distinct().Count(), Is.EqualTo(Threads));
            Assert.That(lines.Count(line => line.Contains(" run ")), Is.EqualTo(Threads));
            Assert.That(length, Is.LessThan(8 * TraceFormat.ChunkSize), "a chunk for each would be 64 MiB");
        });
    }

    [Test]
    public void Threads_that_end_while_others_begin_lose_nothing()
    {
        const int Workers = 4;
        const int Each = 200;
        using var recording = new Recording();
        Thread[] workers = Enumerable.Range(0, Workers).Select(_ => new Thread(() =>
        {
            for (int i = 0; i < Each; i++)
            {
                var thread = new Thread(() =>
                {
                    var counter = new Counter();
                    for (int n = 1; n <= 50; n++)
                        counter.Next(n);
                });
                thread.Start();
                thread.Join();
            }
        })).ToArray();
        foreach (Thread worker in workers)
            worker.Start();
        foreach (Thread worker in workers)
            worker.Join();

        IGrouping<string, string>[] byThread = recording.Stop().GroupBy(ThreadOf).ToArray();
        Assert.That(byThread, Has.Length.EqualTo(Workers * Each));
        Assert.That(byThread.SelectMany(lines => lines.Where(line => line.Contains("upd")).Select((line, i) => line.Contains($" {i} -> {i + 1} "))), Is.All.True);
        Assert.That(byThread.Select(lines => lines.Count()), Is.All.EqualTo(150));
    }

    /// <summary>The first thread's lines bear no name until there is a second one.</summary>
    private static string ThreadOf(string line) => Regex.Match(line, @"\[T\d+\]$") is { Success: true } name ? name.Value : "[T1]";
}
