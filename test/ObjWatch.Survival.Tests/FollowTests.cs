using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Text.Json;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Survival.Tests;

/// <summary><c>objwatch log -f</c> shows what another process records while it does.</summary>
[TestFixture]
[Platform("Linux", Reason = "Signals are sent as Linux does it.")]
internal sealed class FollowTests : SurvivalFixture
{
    [Test]
    public void Events_are_shown_while_the_process_waits_and_the_end_ends_it()
    {
        using var subject = new Subject(Trace, "input", most: 1_000);
        subject.WaitFor(SurvivalProgram.Workers * 1_000);
        using Process follow = StartObjWatch("log", "--no-header", "-f", Trace);
        for (int i = 0; i < SurvivalProgram.Workers * 1_000; i++)
            Assert.That(follow.StandardOutput.ReadLine(), Does.Contain("upd Counter.Size"));
        Assert.That(follow.HasExited, Is.False);

        Assert.That(subject.WaitForExit(), Is.Zero);
        AssertEnded(follow, 0, error: "");
    }

    [Test]
    public void Each_event_is_shown_soon_after_it_was_recorded()
    {
        using var subject = new Subject(Trace, "lines", most: 0);
        Waiting.Until(() => File.Exists(Trace));
        using Process follow = StartObjWatch("log", "-f", "--no-header", Trace);
        var milliseconds = new List<double>();
        for (int i = 1; i <= 50; i++)
        {
            long start = Stopwatch.GetTimestamp();
            subject.Process.StandardInput.WriteLine();
            Assert.That(follow.StandardOutput.ReadLine(), Does.EndWith($"upd Counter.Size {i - 1} -> {i} #1"));
            milliseconds.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        // The first waits for two programs to start. How soon is told and not asserted: it depends on what else the machine does.
        milliseconds.RemoveAt(0);
        milliseconds.Sort();
        TestContext.Out.WriteLine($"after {milliseconds[milliseconds.Count / 2]:0} ms (median), {milliseconds[^1]:0} ms (longest)");
        Assert.That(subject.WaitForExit(), Is.Zero);
        AssertEnded(follow, 0, error: "");
    }

    [Test]
    public void It_sees_everything_of_a_process_that_is_at_work()
    {
        using var subject = new Subject(Trace, "join", most: 200_000);
        subject.WaitFor(1);
        using Process follow = StartObjWatch("log", "--no-header", "-f", Trace);
        Assert.That(subject.WaitForExit(), Is.Zero);

        AssertEnded(follow, SurvivalProgram.Workers * 200_000, error: "");
    }

    [Test]
    public void A_killed_process_ends_it_also_before_its_parent_has_taken_notice()
    {
        // The shell is the parent, and sleeps on as its child lies dead.
        using var subject = new Subject(Trace, "wait", most: 1_000, prefix: ["sh", "-c", "\"$@\" & echo $!; read line", "sh"]);
        using Process recorded = Process.GetProcessById(int.Parse(subject.Process.StandardOutput.ReadLine()!));
        subject.WaitFor(SurvivalProgram.Workers * 1_000);
        using Process follow = StartObjWatch("log", "--no-header", "-f", Trace);
        Assert.That(follow.StandardOutput.ReadLine(), Is.Not.Null);
        recorded.Kill();

        AssertEnded(follow, SurvivalProgram.Workers * 1_000 - 1, error: "^objwatch: note: the trace was not closed: [^\n]*\n$");
    }

    [Test]
    public void A_trace_that_is_deleted_and_replaced_is_followed_to_its_end()
    {
        using var subject = new Subject(Trace, "input", most: 1_000);
        subject.WaitFor(SurvivalProgram.Workers * 1_000);
        using Process follow = StartObjWatch("log", "--no-header", "-f", Trace);
        Assert.That(follow.StandardOutput.ReadLine(), Is.Not.Null);
        File.Delete(Trace);
        using (var second = new Subject(Trace, "join", most: 10))
            Assert.That(second.WaitForExit(), Is.Zero);
        Assert.That(subject.WaitForExit(), Is.Zero);

        AssertEnded(follow, SurvivalProgram.Workers * 1_000 - 1, error: "^objwatch: note: a newer run writes this file now; [^\n]*\n$");
    }

    [Test]
    public void Interrupting_it_ends_it_and_not_the_process([Values(2, 15)] int signal)
    {
        string text = Path.Combine(Folder, "followed.objwatch");
        using var subject = new Subject(Trace, "input", most: 1_000);
        subject.WaitFor(SurvivalProgram.Workers * 1_000);
        using Process follow = StartObjWatch("log", "--no-header", "-f", Trace, "-o", text);
        Waiting.Until(() => File.Exists(text) && File.ReadLines(text).Count() >= SurvivalProgram.Workers * 1_000);
        follow.Signal(signal);

        AssertEnded(follow, 0, error: "^objwatch: note: the trace was not closed: [^\n]*still running[^\n]*\n$");
        Assert.That(File.ReadLines(text).Count(), Is.EqualTo(SurvivalProgram.Workers * 1_000));
        Assert.That(subject.WaitForExit(), Is.Zero);
    }

    [Test]
    public void A_ring_is_followed_too()
    {
        using var subject = new Subject(Trace, "input", most: 200_000, whenFull: "ring:1");
        subject.WaitFor(1);
        using Process follow = StartObjWatch("log", "--no-header", "-f", Trace);
        subject.WaitFor(SurvivalProgram.Workers * 200_000);
        Assert.That(subject.WaitForExit(), Is.Zero);
        string[] lines = follow.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        follow.WaitForExit();

        // How much it sees depends on how fast it is; that it sees the last of each thread does not.
        Assert.That(follow.ExitCode, Is.Zero);
        Assert.That(lines.Count(line => line.Contains("199999 -> 200000 ", StringComparison.Ordinal)), Is.EqualTo(SurvivalProgram.Workers));
        Assert.That(follow.StandardError.ReadToEnd(), Does.Not.Contain("damaged"));
    }

    [TestCase("json")]
    [TestCase("chrome")]
    public void A_document_is_whole_when_the_process_has_ended(string format)
    {
        using var subject = new Subject(Trace, "join", most: 5_000);
        subject.WaitFor(1);
        using Process follow = StartObjWatch("log", "-f", "--format", format, Trace);
        Assert.That(subject.WaitForExit(), Is.Zero);
        using JsonDocument document = JsonDocument.Parse(follow.StandardOutput.ReadToEnd());
        follow.WaitForExit();

        Assert.That(follow.ExitCode, Is.Zero);
        Assert.That(document.RootElement.GetRawText().Split("5000").Length - 1, Is.GreaterThanOrEqualTo(SurvivalProgram.Workers));
    }

    [Test]
    public void A_trace_whose_process_is_gone_is_shown_and_that_is_all()
    {
        using (var subject = new Subject(Trace, "join", most: 1_000))
            subject.WaitForExit();
        using Process follow = StartObjWatch("log", "--follow", "--no-header", Trace);

        AssertEnded(follow, SurvivalProgram.Workers * 1_000, error: "");
    }

    private static void AssertEnded(Process follow, int lines, string error)
    {
        string[] rest = follow.StandardOutput.ReadToEnd().Split('\n', StringSplitOptions.RemoveEmptyEntries);
        string said = follow.StandardError.ReadToEnd();
        follow.WaitForExit();
        Assert.Multiple(() =>
        {
            Assert.That(rest, Has.Length.EqualTo(lines));
            Assert.That(said, error.Length == 0 ? Is.Empty : Does.Match(error));
            Assert.That(follow.ExitCode, Is.Zero);
        });
    }
}
