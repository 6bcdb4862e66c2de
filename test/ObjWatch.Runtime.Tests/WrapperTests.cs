using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Recording;

namespace ObjWatch.Runtime.Tests;

/// <summary>Wrappers: what they are given, what they make of it, and what becomes of their mistakes.</summary>
[NonParallelizable]
public sealed class WrapperTests
{
    private sealed class Note : FunctionWrapper
    {
        public List<string> Seen { get; } = [];

        public override string? WrapCall(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments)
        {
            Seen.Add(method + "(" + string.Join(", ", arguments.Select(a => a.Key)) + ")");
            return "called\nwith " + FormatArguments(arguments);
        }

        public override string? WrapReturn(string method, object? result) =>
            method.EndsWith("get_Code", StringComparison.Ordinal) ? null : "gave " + FormatValue(result);

        public override (string? Old, string? New) WrapUpdate(object? oldValue, object? newValue) => (null, "now " + FormatValue(newValue));
    }

    private sealed class Stars : BaseWrapper
    {
        protected override string? FormatElement(object? element) => element is int number ? new string('*', number) : null;
    }

    private sealed class Brackets : BaseWrapper
    {
        protected override string? FormatElement(object? element) => "<" + FormatValue(element) + ">";
    }

    private sealed class Clumsy : FunctionWrapper
    {
        public override string? WrapCall(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments) =>
            throw new InvalidOperationException("call");

        public override string? WrapReturn(string method, object? result) => throw new InvalidOperationException("return");

        public override (string? Old, string? New) WrapUpdate(object? oldValue, object? newValue) =>
            throw new InvalidOperationException("update");
    }

    private sealed class Traced : FunctionWrapper
    {
        private readonly Counter _counter = new();

        public override string? WrapCall(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments) => "n=" + _counter.Next(7);

        public override string? WrapReturn(string method, object? result) => null;

        public override (string? Old, string? New) WrapUpdate(object? oldValue, object? newValue) => (null, null);
    }

    [Test]
    public void Texts_stand_in_place_of_the_values_on_one_line()
    {
        var wrapper = new Note();
        using var recording = new Recording(new TracerOptions { Wrapper = wrapper });
        new Counter().Next(5);
        string[] events = Recording.Events(recording.Stop()).ToArray();

        Assert.That(wrapper.Seen, Is.EqualTo(new[] { "Tests.Counter.Next(this, n)" }));
        Assert.That(events[0], Does.Match(@"^run Tests\.Counter\.Next <- called\\nwith 'this':Counter#\d+, 'n':5$"));
        Assert.That(events[1], Does.Match(@"^upd Counter\.value 0 -> now 5 #\d+$"));
        Assert.That(events[2], Is.EqualTo("end Tests.Counter.Next -> gave 5"));
    }

    [Test]
    public void The_base_wrapper_shows_what_the_trace_shows_without_one()
    {
        var counter = new Counter();
        counter.Next(2);
        Assert.That(With(new BaseWrapper()), Is.EqualTo(With(null)));

        string[] With(FunctionWrapper? wrapper)
        {
            using var recording = new Recording(new TracerOptions { Wrapper = wrapper });
            counter.Next(1);
            counter.Next(2);
            foreach (
                object? value in (object?[])[null, "a\n\"b\"", 1.5m, DayOfWeek.Monday, (1, "x"), new List<int> { 1, 2, 3, 4 },
                    new Dictionary<string, int> { ["k"] = 1 }, Array.Empty<string>(), new Dictionary<string, int>(), typeof(int), counter])
                Call.With(value);
            return recording.Stop();
        }
    }

    [Test]
    public void Elements_of_sequences_have_a_hook()
    {
        using var recording = new Recording(new TracerOptions { Wrapper = new Stars() });
        Call.With(new List<int> { 1, 2, 3, 4 });
        Call.With(new[] { "a" });
        string[] lines = recording.Stop();

        Assert.That(lines[0], Does.Contain("'value':(List<int>)[*, **, ***, '... (1 more elements)']"));
        Assert.That(lines[2], Does.Contain("'value':(string[])[\"a\"]"));
    }

    [Test]
    public void Keys_values_items_and_fields_have_the_hook_too_and_secrets_stay()
    {
        using var recording = new Recording(new TracerOptions { Wrapper = new Stars() });
        Call.With(new Dictionary<string, object> { ["n"] = 2, ["password"] = 3 });
        Call.With(("x", 3));
        Call.With(new KeyValuePair<int, int>(1, 2));
        string[] lines = recording.Stop();

        Assert.That(lines[0], Does.Contain("[\"n\": **, \"password\": (redacted)]"));
        Assert.That(lines[2], Does.Contain("'value':(\"x\", ***)"));
        Assert.That(lines[4], Does.Contain("= *, ").And.Contain("= ** }"));
    }

    [Test]
    public void A_hook_may_format_what_it_is_given()
    {
        using var recording = new Recording(new TracerOptions { Wrapper = new Brackets() });
        Call.With(new List<int[]> { new[] { 1 }, new[] { 2, 3 } });
        string[] lines = recording.Stop();

        Assert.That(lines[0], Does.Contain("'value':(List<int[]>)[<(int[])[<1>]>, <(int[])[<2>, <3>]>]"));
    }

    [Test]
    public void A_wrapper_that_throws_leaves_the_event_as_it_would_be_and_is_counted()
    {
        using var recording = new Recording(new TracerOptions { Wrapper = new Clumsy() });
        long before = TracedProcess.This.WrapperFailures.Value;
        new Counter().Next(5);
        string[] events = Recording.Events(recording.Stop()).ToArray();

        Assert.That(events[0], Does.Match(@"^run Tests\.Counter\.Next <- 'this':Counter#\d+, 'n':5$"));
        Assert.That(events[1], Does.Match(@"^upd Counter\.value 0 -> 5 #\d+$"));
        Assert.That(events[2], Is.EqualTo("end Tests.Counter.Next -> 5"));
        Assert.That(TracedProcess.This.WrapperFailures.Value - before, Is.EqualTo(3));
    }

    [Test]
    public void What_a_wrapper_calls_is_not_traced()
    {
        using var recording = new Recording(new TracerOptions { Wrapper = new Traced() });
        new Counter().Next(5);
        string[] events = Recording.Events(recording.Stop()).ToArray();

        Assert.That(events.Select(line => line[..3]), Is.EqualTo(new[] { "run", "upd", "end" }));
        Assert.That(events[0], Does.EndWith("<- n=7"));
    }

    [Test]
    public void A_wrapper_sees_no_secret()
    {
        using var recording = new Recording(new TracerOptions { Wrapper = new BaseWrapper() });
        new Vault().Unlock("hunter2", 4711, 3);
        string[] lines = recording.Stop();

        Assert.That(lines[0], Does.Contain("'password':(redacted), 'pin':(redacted)"));
        Assert.That(string.Concat(lines), Does.Not.Contain("hunter2").And.Not.Contain("4711"));
    }

    [Test]
    public void Memory_is_shown_at_each_event()
    {
        using var recording = new Recording(new TracerOptions { Wrapper = new CpuMemoryWrapper() });
        new Counter().Next(5);
        string[] events = Recording.Events(recording.Stop()).ToArray();

        const string Memory = @"total: \d+ \| available: \d+ \| percent: \d+\.\d";
        Assert.That(events[0], Does.Match($"^run Tests\\.Counter\\.Next <- {Memory}$"));
        Assert.That(events[1], Does.Match($@"^upd Counter\.value  -> {Memory} #\d+$"));
        Assert.That(events[2], Does.Match($"^end Tests\\.Counter\\.Next -> {Memory}$"));
    }

    [Test]
    public void Each_metric_has_a_plausible_value()
    {
        using var recording = new Recording(new TracerOptions
        {
            Wrapper =
                new CpuMemoryWrapper(MemoryMetric.Total, MemoryMetric.Used, MemoryMetric.Free, MemoryMetric.WorkingSet,
                    MemoryMetric.GCHeap),
        });
        new Counter().Next(5);
        string run = recording.Stop()[0];
        Dictionary<string, long> figures = run[(run.IndexOf("<- ", StringComparison.Ordinal) + 3)..].Split(" | ")
            .ToDictionary(pair => pair.Split(": ")[0],
                pair => long.Parse(pair.Split(": ")[1], System.Globalization.CultureInfo.InvariantCulture));

        Assert.That(figures.Keys, Is.EqualTo(new[] { "total", "used", "free", "working_set", "gc_heap" }));
        Assert.That(figures["total"], Is.GreaterThan(figures["used"]).And.GreaterThan(figures["free"]));
        Assert.That(figures.Values, Is.All.Positive);
        Assert.That(() => new CpuMemoryWrapper((MemoryMetric)99), Throws.TypeOf<ArgumentOutOfRangeException>());
    }
}
