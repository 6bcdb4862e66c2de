using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Trace.Format;

namespace ObjWatch.Runtime.Tests;

/// <summary>Threads that come and go while a session runs.</summary>
[NonParallelizable]
public sealed class SessionThreadTests
{
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
                Is.EqualTo(Enumerable.Range(1, Calls).Select(i => i.ToString(CultureInfo.InvariantCulture))));
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

        Assert.That(TracedProcess.This.Current!.Threads.CountEvents(), Is.EqualTo(150));
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
                Is.EqualTo(Enumerable.Range(1, Threads).Select(i => i.ToString(CultureInfo.InvariantCulture))));
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
        Assert.That(
            byThread.SelectMany(lines => lines.Where(line => line.Contains("upd")).Select((line, i) => line.Contains($" {i} -> {i + 1} "))),
            Is.All.True);
        Assert.That(byThread.Select(lines => lines.Count()), Is.All.EqualTo(150));
    }

    /// <summary>The first thread's lines bear no name until there is a second one.</summary>
    private static string ThreadOf(string line) => Regex.Match(line, @"\[T\d+\]$") is { Success: true } name ? name.Value : "[T1]";
}
