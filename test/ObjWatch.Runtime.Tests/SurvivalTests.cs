using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Runtime.Tests;

/// <summary>What has been recorded is there, however the process ends.</summary>
public sealed class SurvivalTests
{
    private string _directory = "";

    private string Trace => Path.Combine(_directory, "run.objtrace");

    [SetUp]
    public void CreateDirectory() => _directory = Directory.CreateTempSubdirectory("objwatch-").FullName;

    [TearDown]
    public void DeleteDirectory() => Directory.Delete(_directory, recursive: true);

    [Test]
    public void A_killed_process_loses_no_event_it_has_got_past()
    {
        // It may go on for long until it is killed, and what it has recorded until then is read.
        using var child = new Child(_directory, ["count-and-wait", "1000000"], "run.objtrace");
        child.WaitFor("20000");
        child.Process.Kill();
        child.WaitForExit();
        int said = child.LastOutput.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => int.TryParse(line, CultureInfo.InvariantCulture, out int i) ? i : 0).Append(20000).Max();

        int[] stored = Stored();

        Assert.That(stored, Is.EqualTo(Enumerable.Range(1, stored.Length)));
        Assert.That(stored, Has.Length.GreaterThanOrEqualTo(said));
        Assert.That(child.Errors, Is.Empty);
    }

    [Test]
    public void A_process_that_ends_in_order_names_its_output_last()
    {
        using var child = new Child(_directory, ["count", "2500"], "run.objtrace");

        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(child.LastError, Is.EqualTo($"objwatch: 2500 events -> {Trace}"));
        Assert.That(Stored(), Is.EqualTo(Enumerable.Range(1, 2500)));
    }

    [Test]
    public void A_text_output_leaves_no_binary_trace_behind()
    {
        using var child = new Child(_directory, ["count", "2500"]);

        Assert.That(child.WaitForExit(), Is.Zero);
        string text = Path.Combine(_directory, "built.objwatch");
        Assert.That(child.LastError, Is.EqualTo($"objwatch: 2500 events -> {text}"));
        Assert.That(Directory.GetFiles(_directory), Is.EqualTo([text]));
        Assert.That(EventLines.Of(text).Count(), Is.EqualTo(2500));
    }

    [Test]
    public void Text_and_trace_may_both_be_kept()
    {
        using var child = new Child(_directory, ["count", "25"], "a.objwatch; b.objtrace");

        Assert.That(child.WaitForExit(), Is.Zero);
        string text = Path.Combine(_directory, "a.objwatch");
        string trace = Path.Combine(_directory, "b.objtrace");
        Assert.That(child.LastError, Is.EqualTo($"objwatch: 25 events -> {text}, {trace}"));
        Assert.That(Recording.Lines(trace), Is.EqualTo(EventLines.Of(text)));
    }

    [Test]
    public void An_output_of_unknown_kind_is_named_and_the_default_taken()
    {
        using var child = new Child(_directory, ["count", "25"], "a.csv");

        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(child.Errors, Does.StartWith("objwatch: warning OBJW1104: output 'a.csv' is ignored: its name must end in .objwatch "));
        Assert.That(Directory.GetFiles(_directory).Select(Path.GetFileName), Is.EqualTo(["ObjWatch.Runtime.Tests.objwatch"]));
    }

    [Test]
    public void An_unhandled_exception_closes_the_trace()
    {
        using var child = new Child(_directory, ["unhandled"], "run.objtrace");

        Assert.That(child.WaitForExit(), Is.Not.Zero);
        Assert.That(child.Errors, Does.Contain($"objwatch: 10 events -> {Trace}"));
        Assert.That(child.Errors, Does.Contain("nobody catches this"));
        Assert.That(Stored(), Is.EqualTo(Enumerable.Range(1, 10)));
    }

    [Test]
    public void An_unhandled_exception_ends_the_calls_that_it_leaves()
    {
        using var child = new Child(_directory, ["unhandled-in-call"], "run.objtrace");
        child.WaitForExit();

        Assert.That(Recording.Lines(Trace).TakeLast(2),
            Has.All.Contains("end").And.All.EndsWith(".Next -> !InvalidOperationException: nobody catches this"));
    }

    [Test]
    public void FailFast_loses_nothing()
    {
        using var child = new Child(_directory, ["fail-fast"], "run.objtrace");
        child.WaitForExit();

        Assert.That(Stored(), Is.EqualTo(Enumerable.Range(1, 10)));
    }

    [Test]
    public void A_program_may_exit_inside_a_traced_method()
    {
        using var child = new Child(_directory, ["exit"], "run.objtrace");

        Assert.That(child.WaitForExit(), Is.EqualTo(3));
        Assert.That(child.LastError, Is.EqualTo($"objwatch: 2 events -> {Trace}"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_termination_signal_closes_the_trace_and_ends_the_process()
    {
        using var child = new Child(_directory, ["wait"], "run.objtrace");
        child.WaitFor("ready");
        child.Signal(15);

        Assert.That(child.WaitForExit(), Is.EqualTo(128 + 15));
        Assert.That(child.LastError, Is.EqualTo($"objwatch: 10 events -> {Trace}"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_program_that_goes_on_after_a_signal_is_traced_further()
    {
        using var child = new Child(_directory, ["survive-signal"], "run.objtrace");
        child.WaitFor("ready");
        child.Signal(15);

        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(child.LastError, Is.EqualTo($"objwatch: 20 events -> {Trace}"));
    }

    [Test]
    [Platform(Exclude = "Win")]
    public void A_disk_without_space_stops_the_recording_and_not_the_program()
    {
        // 5 MiB, in blocks of 512 bytes: enough for one part of the trace, not for two.
        const string Limit = "trap '' XFSZ; ulimit -f 10240; export DOTNET_EnableWriteXorExecute=0;";
        using var child = new Child(_directory, ["count", "400000"], "run.objtrace", Limit);

        Assert.That(child.WaitForExit(), Is.Zero, child.Errors);
        Assert.That(child.LastOutput, Does.EndWith("400000\n"));
        Assert.That(child.Errors, Does.Contain("objwatch: error OBJW1103: recording stops, the program goes on: "));
        Assert.That(child.Errors, Does.Contain("events were not recorded: "));
        int[] stored = Stored();
        Assert.That(stored, Is.EqualTo(Enumerable.Range(1, stored.Length)));
        Assert.That(child.LastError, Is.EqualTo($"objwatch: {stored.Length} events -> {Trace}"));
    }

    [Test]
    public void Where_nothing_is_woven_starting_says_so_once()
    {
        using var child = new Child(_directory, ["nothing-woven"], "run.objtrace");

        Assert.That(child.WaitForExit(), Is.Zero);
        Assert.That(child.Errors, Does.StartWith("objwatch: warning OBJW1105: no woven assembly is loaded"));
        Assert.That(child.Errors.TrimEnd(), Does.Not.Contain("\n"));
        Assert.That(Directory.GetFiles(_directory), Is.Empty);
    }

    /// <summary>The numbers stored, checked to follow upon each other.</summary>
    private int[] Stored() => Recording.Lines(Trace)
        .Select(line => Regex.Match(line, @"upd Counter\.Size (\d+) -> (\d+) #1$"))
        .Select(match =>
        {
            int stored = int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture);
            Assert.That(int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture), Is.EqualTo(stored - 1));
            return stored;
        })
        .ToArray();
}
