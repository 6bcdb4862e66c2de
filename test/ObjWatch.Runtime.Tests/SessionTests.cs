using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Testing;

namespace ObjWatch.Runtime.Tests;

/// <summary>Starting and stopping from code.</summary>
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
        Assert.That(lines.Select(line => line[..10]),
            Is.EqualTo(new[] { "   13 run ", "   12   up", "   13 end ", "   10 run ", "   12   up", "   10 end " }));
        first.Dispose();
        second.Dispose();
    }

    [Test]
    public void An_interruption_does_not_break_into_the_end_of_a_session()
    {
        using var directory = new TemporaryDirectory();
        string text = directory["run.objwatch"];
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
        Assert.That(Directory.GetFiles(directory.Path), Is.EqualTo([text]), "the binary trace is only needed while the program runs");
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
            Waiting.Until(() => TracedProcess.This.Current!.Threads.Streams == threads.Length);
            string[] lines = recording.Stop();
            events += lines.Length;
            strays += StrayEnds.In(recording.Trace);
            Assert.That(
                lines.Count(line => !Regex.IsMatch(line, @"^ *\d+ +(run|end|upd) (Tests\.Counter\.Next|Counter\.value|Counter\.Size) ")),
                Is.Zero);
        }

        stop.Cancel();
        foreach (Thread thread in threads)
            thread.Join();
        Assert.That(events, Is.Positive);
        Assert.That(strays, Is.Zero, "no end without its run");
    }
}
