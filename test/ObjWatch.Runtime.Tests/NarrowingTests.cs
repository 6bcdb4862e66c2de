using System;
using System.Collections.Generic;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Testing;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>Which of what was woven a session records: targets of the run, locals, statics, depth, limits.</summary>
[NonParallelizable]
public sealed class NarrowingTests
{
    [TestCase("Tests", null, "run upd end run upd upd upd end upd")]
    [TestCase("Tests:Counter", null, "run upd end")]
    [TestCase("Tests.Safe", null, "run upd upd upd end")]
    [TestCase("Tests:Counter.Next()", null, "run end")]
    [TestCase("Tests.Safe:Vault.Unlock()", null, "run upd end")]
    [TestCase("Tests.Safe:Vault.Code", null, "upd")]
    [TestCase("Tests:Program::Total", null, "upd")]
    [TestCase("Counter.cs", null, "run upd end run upd upd upd end upd")]
    [TestCase("Other.cs", null, "")]
    [TestCase(null, "Tests.Safe", "run upd end upd")]
    [TestCase("*", "Tests:Counter.Next(); Tests.Safe:Vault.Unlock()", "upd upd upd upd")]
    public void Targets_of_the_run_narrow_what_was_woven(string? targets, string? exclude, string expected)
    {
        using var recording = new Recording(new TracerOptions { Targets = targets, Exclude = exclude, Redact = "none" });
        Everything();
        Assert.That(Kinds(recording.Stop()), Is.EqualTo(expected));
    }

    [TestCase(false, null, null, "run upd end run upd upd end upd")]
    [TestCase(null, false, null, "run upd end run upd upd upd end")]
    [TestCase(null, false, "*; Tests:Program::Total", "run upd end run upd upd upd end upd")]
    public void Locals_and_statics_can_be_left_out(bool? locals, bool? statics, string? targets, string expected)
    {
        using var recording = new Recording(new TracerOptions { Locals = locals, Statics = statics, Targets = targets });
        Everything();
        Assert.That(Kinds(recording.Stop()), Is.EqualTo(expected));
    }

    [Test]
    public void A_method_that_is_not_wanted_has_its_gate_shut_and_others_have_it_open()
    {
        byte[] gates = Probe.Gates(WovenSites.Next);
        using (new Recording(new TracerOptions { Targets = "Tests.Safe" }))
        {
            Assert.That(gates[0], Is.Zero, "Counter.Next");
            Assert.That(gates[9], Is.Not.Zero, "Vault.Unlock");
        }

        Assert.That(gates, Is.All.Zero, "no session runs");
        using (new Recording(new TracerOptions { Targets = "Tests:Counter" }))
            Assert.That(gates[0], Is.EqualTo(1), "Counter.Next");
    }

    [Test]
    public void A_silent_method_keeps_depth_and_lines_of_others_right()
    {
        using var recording = new Recording(new TracerOptions { Exclude = "Tests.Safe:Vault.Unlock()", Redact = "none" });
        var counter = new Counter();
        counter.Next(1, () => new Vault().Unlock("a", 2, 3, () => counter.Next(4)));
        string[] lines = recording.Stop();

        Assert.That(lines.Select(line => Regex.Match(line, @"^ +\d+ +\w+").Value), Is.EqualTo(new[]
        {
            "   10 run", "   12   upd", "   52   upd", "   53   upd", "   54   run", "   12     upd", "   54   end", "   10 end",
        }), string.Join('\n', lines));
    }

    [Test]
    public void A_silent_method_that_throws_leaves_no_trace_and_no_frame()
    {
        using var recording = new Recording(new TracerOptions { Exclude = "Tests.Safe:Vault.Unlock()" });
        var counter = new Counter();
        counter.Next(1,
            () =>
                Assert.That(() => new Vault().Unlock("a", 2, 3, () => throw new InvalidOperationException()),
                    Throws.InvalidOperationException));
        counter.Next(2);
        string[] lines = recording.Stop();

        Assert.That(lines.Count(line => line.Contains(" run ")), Is.EqualTo(2));
        Assert.That(lines.Count(line => line.Contains(" end ")), Is.EqualTo(2));
        Assert.That(lines[^1], Is.EqualTo("   10 end Tests.Counter.Next -> 2"));
    }

    [Test]
    public void Calls_below_the_maximum_depth_make_no_events()
    {
        using var recording = new Recording(new TracerOptions { MaximumDepth = 2 });
        var counter = new Counter();
        counter.Next(1, () => counter.Next(2, () => counter.Next(3, () => counter.Next(4))));
        string[] lines = recording.Stop();

        Assert.That(Kinds(lines), Is.EqualTo("run upd run upd end end"));
    }

    [Test]
    public void Beyond_the_limit_events_are_counted()
    {
        using var recording = new Recording(new TracerOptions { EventLimit = 3 });
        var counter = new Counter();
        for (int i = 1; i <= 10; i++)
            counter.Next(i);
        string[] lines = recording.Stop();

        Assert.That(Kinds(lines.Take(9).ToArray()), Is.EqualTo("run upd end run upd end run upd end"));
        Assert.That(lines.Skip(9), Is.EqualTo(new[]
        {
            "   10 # 7 events of Tests.Counter.Next were left out: the limit was reached",
            "   12 # 7 events of Counter.value were left out: the limit was reached",
        }));
    }

    [Test]
    public void What_the_limit_left_out_is_known_of_a_killed_process_too()
    {
        using var directory = new TemporaryDirectory();
        var variables = new Dictionary<string, string> { ["OBJWATCH_EVENT_LIMIT"] = "1" };
        using (var child = new Child(directory.Path, ["wait"], "run.objtrace", variables: variables))
        {
            child.WaitFor("ready");
            child.Process.Kill();
            child.Process.WaitForExit();
        }

        string[] lines = Recording.Lines(directory["run.objtrace"]);
        Assert.That(lines[^1], Is.EqualTo("   14 # 8 events of Counter.Size were left out: the limit was reached"),
            "9 were, and 8 is the last power of two");
    }

    [Test]
    public void A_limit_counts_anew_in_the_next_session()
    {
        for (int session = 0; session < 2; session++)
        {
            using var recording = new Recording(new TracerOptions { EventLimit = 1 });
            var counter = new Counter { Size = 1 };
            counter.Size = 2;
            Assert.That(recording.Stop(), Has.Length.EqualTo(2).And.Exactly(1).Contains("# 1 event of Counter.Size was left out"));
        }
    }

    private static void Everything()
    {
        new Counter().Next(1);
        new Vault().Unlock("a", 2, 3);
        ThreadRecorder? recorder = Probe.Attach();
        if (recorder != null)
            Probe.Update(recorder, WovenSites.Total, null, 1, 2);
    }

    private static string Kinds(string[] lines) => string.Join(' ', Recording.Events(lines).Select(line => line[..3]));
}
