using System;
using System.IO;
using System.Linq;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Recording.Chunks;
using ObjWatch.Testing;
using ObjWatch.Trace.Format;

namespace ObjWatch.Runtime.Tests;

/// <summary>What a trace leaves behind when it ends: of its file in memory, and at the file's end.</summary>
[NonParallelizable]
public sealed class TraceEndTests
{
    [TestCase("wait")]
    [TestCase("drop")]
    [TestCase("ring:1")]
    [Platform("Linux", Reason = "It tells what of a file is mapped.")]
    public void Nothing_of_it_is_mapped_when_its_threads_have_ended_and_another_ends_it(string whenFull)
    {
        using var recording = new Recording(new TracerOptions { WhenFull = whenFull });
        new Counter().Next(1);
        var thread = new Thread(() => new Counter().Next(2));
        thread.Start();
        thread.Join();
        Assert.That(IsMapped(recording.Trace), Is.True);

        string[] lines = recording.Stop();

        Assert.That(lines, Has.Length.EqualTo(6));
        Assert.That(IsMapped(recording.Trace), Is.False);
        Assert.That(new FileInfo(recording.Trace).Length, Is.EqualTo(TraceFormat.HeaderSize + (3 * TraceFormat.ChunkSize)));
    }

    [Test]
    [Platform("Linux", Reason = "It tells what of a file is mapped.")]
    public void What_a_thread_may_still_write_stays_mapped()
    {
        using var recording = new Recording();
        using var recorded = new ManualResetEventSlim();
        using var stopped = new ManualResetEventSlim();
        var thread = new Thread(() =>
        {
            new Counter().Next(1, () =>
            {
                recorded.Set();
                stopped.Wait();
            });
            new Counter().Next(2);
        });
        thread.Start();
        recorded.Wait();

        string[] lines = recording.Stop();
        Assert.That(IsMapped(recording.Trace), Is.True);
        stopped.Set();
        thread.Join();

        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(Recording.Lines(recording.Trace), Is.EqualTo(lines), "what comes after the end is not recorded");
    }

    [Test]
    public void One_that_cannot_be_cut_keeps_little_ready()
    {
        const int Chunks = 200;
        using var directory = new TemporaryDirectory();
        string path = directory["run.objtrace"];
        using (var file = new FileStream(path, FileMode.Create, FileAccess.ReadWrite, FileShare.Read, 0))
        {
            var trace = new TraceWriter(file, 0, _ => { }, _ => { }, new Provision(mebibytes: 4, isRing: false, grows: true));
            trace.StartPreparing();
            TraceChunk[] taken = new TraceChunk[Chunks];
            for (int i = 0; i < Chunks; i++)
            {
                taken[i] = trace.Take(stream: 1, i, thread: 1, ordinal: 0)!;
                long ready = file.Length - taken[i].End;
                Assert.That(ready / TraceFormat.ChunkSize, Is.LessThanOrEqualTo(Math.Max(5, (i + 1) * 3 / 16)));
            }

            Array.ForEach(taken, chunk => chunk.Finish());
            trace.Close();
        }

        Assert.That(new FileInfo(path).Length, Is.EqualTo(TraceFormat.HeaderSize + ((long)Chunks * TraceFormat.ChunkSize)));
    }

    private static bool IsMapped(string path) =>
        File.ReadLines("/proc/self/maps").Any(line => line.EndsWith(path, StringComparison.Ordinal));
}
