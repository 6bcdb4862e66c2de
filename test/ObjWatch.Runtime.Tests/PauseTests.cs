using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>Pausing and resuming, by code and by signal.</summary>
[NonParallelizable]
public sealed class PauseTests
{
    private const int User1 = 10;

    [Test]
    public void Nothing_is_recorded_while_paused()
    {
        using var recording = new Recording();
        var counter = new Counter();
        counter.Next(1);
        Tracer.Pause();
        Assert.That((Tracer.IsPaused, Tracer.IsRunning), Is.EqualTo((true, false)));
        Assert.That(Probe.Gates(WovenSites.Next), Is.All.Zero);
        counter.Next(2);
        counter.Size = 5;
        Tracer.Resume();
        Assert.That((Tracer.IsPaused, Tracer.IsRunning), Is.EqualTo((false, true)));
        counter.Next(3);
        string[] lines = recording.Stop();

        Assert.That(lines.Where(line => line.Contains("upd")).Select(line => line.Split("value ")[1].Split(" #")[0]),
            Is.EqualTo(new[] { "0 -> 1", "2 -> 3" }));
        Assert.That(lines, Has.Length.EqualTo(6));
    }

    [Test]
    public void A_call_that_is_open_when_tracing_is_paused_has_its_end()
    {
        using var recording = new Recording();
        var counter = new Counter();
        counter.Next(1, () =>
        {
            Tracer.Pause();
            counter.Next(2);
        });
        Tracer.Resume();
        counter.Next(3);
        string[] events = Recording.Events(recording.Stop()).Select(line => line[..3]).ToArray();

        Assert.That(events, Is.EqualTo(new[] { "run", "upd", "end", "run", "upd", "end" }));
    }

    [Test]
    public void A_start_without_options_goes_on_with_a_session_that_is_paused()
    {
        using var recording = new Recording();
        Tracer.Pause();
        using (Tracer.Start())
        {
            Assert.That(Tracer.IsRunning);
            new Counter().Next(1);
        }

        Assert.That(recording.Stop(), Has.Length.EqualTo(3));
    }

    [Test]
    public void A_session_may_begin_and_end_while_another_is_paused()
    {
        using var first = new Recording();
        Tracer.Pause();
        using (var second = new Recording())
        {
            new Counter().Next(1);
            Assert.That(Tracer.IsPaused, Is.False);
            Assert.That(second.Stop(), Has.Length.EqualTo(3));
        }

        Tracer.Pause();
        Tracer.Resume();
        Assert.That((Tracer.IsPaused, Tracer.IsRunning), Is.EqualTo((false, false)));
        Assert.That(first.Stop(), Is.Empty);
    }

    [Test]
    [Platform("Linux")]
    public void A_signal_toggles_a_running_process()
    {
        using var directory = new TemporaryDirectory();
        using (var child = new Child(directory.Path, ["toggle"], "run.objwatch"))
        {
            child.WaitFor("ready");
            child.Signal(User1);
            child.WaitFor("paused");
            child.Signal(User1);
            Assert.That(child.WaitForExit(), Is.Zero, child.Errors);
            Assert.That(child.Errors,
                Does.Contain("objwatch: tracing is paused: SIGUSR1").And.Contain("objwatch: tracing goes on: SIGUSR1"));
        }

        Assert.That(EventLines.Of(directory["run.objwatch"]).Count(), Is.EqualTo(20), "10 before, none while paused, 10 after");
    }

    [Test]
    [Platform("Linux")]
    public void In_a_job_of_Hydra_the_signal_is_the_launcher_s()
    {
        using var directory = new TemporaryDirectory();
        using (var child = new Child(
            directory.Path, ["toggle"], "run.objtrace", variables: new Dictionary<string, string>
            { ["PMI_RANK"] = "0", ["PMI_SIZE"] = "2" }))
        {
            child.WaitFor("ready");
            child.Signal(User1);
            Assert.That(child.WaitForExit(), Is.EqualTo(128 + User1), "what it does without ObjWatch");
            Assert.That(child.Errors, Does.Not.Contain("paused"));
        }

        Assert.That(Recording.Lines(directory["run.rank0.objtrace"]), Has.Length.EqualTo(10));
    }

    [Test]
    [Platform("Linux")]
    public void A_signal_begins_tracing_where_it_is_left_to_the_user()
    {
        using var directory = new TemporaryDirectory();
        using (var child = new Child(directory.Path, ["begin"], "run.objwatch", onOff: "manual"))
        {
            child.WaitFor("ready");
            child.Signal(User1);
            Assert.That(child.WaitForExit(), Is.Zero, child.Errors);
        }

        Assert.That(EventLines.Of(directory["run.objwatch"]).Count(), Is.EqualTo(10));
    }
}
