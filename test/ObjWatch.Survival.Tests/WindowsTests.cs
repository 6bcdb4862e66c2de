using System;
using System.IO;
using System.Linq;
using NUnit.Framework;

namespace ObjWatch.Survival.Tests;

/// <summary>The trace of a program for Windows, as Wine runs it: all that was recorded is there, and after an orderly end the file is cut
/// at its end as far as Windows allows, which cuts no file of which something is mapped.</summary>
[TestFixture]
internal sealed class WindowsTests : SurvivalFixture
{
    private const int ChunkSize = 65536;

    private WineProgram _program = null!;

    [OneTimeSetUp]
    public void Publish()
    {
        if (WineProgram.Missing is { } reason)
            Assert.Ignore(reason);
        _program = new WineProgram();
        _program.Publish();
    }

    [OneTimeTearDown]
    public void Remove() => _program?.Dispose();

    // One chunk each, several segments.
    [TestCase("join", 20)]
    [TestCase("join", 100_000)]
    [TestCase("main", 20)]
    public void A_trace_whose_threads_have_ended_is_as_long_as_on_Linux(string ending, int most)
    {
        using var subject = new Subject(Trace, ending, most: most, windows: _program);
        string linux = Path.Combine(Folder, "linux.objtrace");
        using var other = new Subject(linux, ending, most: most);

        Assert.That((subject.WaitForExit(), other.WaitForExit()), Is.EqualTo((0, 0)));
        PlainTrace trace = AssertClosed(subject);
        PlainTrace onLinux = AssertNothingLost(linux, other.Progress.Snapshot());
        Assert.That(trace.Length, Is.EqualTo(trace.ClosedLength));
        Assert.That(onLinux.Length, Is.EqualTo(onLinux.ClosedLength));
        Assert.That(trace.Threads.Values.Sum(thread => thread.Count), Is.EqualTo(onLinux.Threads.Values.Sum(thread => thread.Count)));
        // A thread that begins when another has ended already goes on with its chunk.
        Assert.That(trace.Length, Is.EqualTo(onLinux.Length).Within(SurvivalProgram.Workers * ChunkSize));
    }

    [TestCase("return")]
    [TestCase("exit")]
    [TestCase("unhandled")]
    [TestCase("ctrl-c")]
    [TestCase("stop")]
    public void A_trace_that_ends_while_threads_record_has_little_at_its_end(string ending)
    {
        using var subject = new Subject(Trace, ending, most: 2_000_000, windows: _program);

        subject.WaitForExit();
        PlainTrace trace = AssertClosed(subject);
        Assert.That(subject.Progress.Total, Is.GreaterThanOrEqualTo(50_000));
        Assert.That(trace.Length - trace.ClosedLength, Is.LessThanOrEqualTo(Math.Max(6 * ChunkSize, trace.ClosedLength * 3 / 16)));
    }

    [Test]
    public void A_process_that_is_killed_loses_nothing()
    {
        using var subject = new Subject(Trace, "wait", windows: _program);
        subject.WaitFor(300_000);
        subject.Process.Kill(entireProcessTree: true);
        subject.WaitForExit();

        PlainTrace trace = AssertNothingLost(Trace, subject.Progress.Snapshot());
        Assert.That(trace.Closed, Is.False);
        Assert.That(subject.Progress.Total, Is.GreaterThanOrEqualTo(300_000));
    }

    [Test]
    public void Sessions_that_follow_each_other_leave_their_own_traces()
    {
        using var subject = new Subject(Trace, "sessions", most: 400_000, windows: _program);

        Assert.That(subject.WaitForExit(), Is.Zero);
        Assert.That(PlainTrace.Read(Trace).Closed, Is.True);
        PlainTrace second = PlainTrace.Read(Path.Combine(Folder, "second.objtrace"));
        Assert.That(second.Closed, Is.True);
        Assert.That(second.Threads.Values.Max(thread => thread.Last), Is.EqualTo(400_000));
    }

    [Test]
    public void A_text_leaves_no_trace_beside_it()
    {
        string text = Path.Combine(Folder, "run.objwatch");
        using var subject = new Subject(text, "return", after: 5_000, most: 40_000, windows: _program);

        Assert.That(subject.WaitForExit(), Is.Zero);
        Assert.That(Directory.GetFiles(Folder), Is.EqualTo([text]));
    }

    /// <summary>Wine deletes such a file in the usual way too, Windows does not. (And with Wine it goes when the process ends.)</summary>
    [Test]
    public void A_trace_can_be_removed_while_a_thread_has_some_of_it_mapped()
    {
        using var subject = new Subject(Trace, "unlink", most: 2_000_000, windows: _program);

        Assert.That(subject.WaitForExit(), Is.Zero);
        Assert.That(Directory.GetFiles(Folder), Is.Empty);
    }

    private PlainTrace AssertClosed(Subject subject)
    {
        PlainTrace trace = AssertNothingLost(Trace, subject.Progress.Snapshot());
        Assert.That(trace.Closed, Is.True);
        return trace;
    }
}
