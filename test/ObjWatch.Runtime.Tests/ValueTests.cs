using System;
using System.Collections;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Diagnostics;
using ObjWatch.Recording;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>How values appear in a trace, whichever way they come: as an argument, a result, or boxed in a member.</summary>
[NonParallelizable]
public sealed class ValueTests
{
    private enum Colour : byte
    {
        Red,
        Green = 200,
    }

    [Flags]
    private enum Big : ulong
    {
        None = 0,
        Top = 0x8000_0000_0000_0000,
    }

    private readonly record struct Point(int X, int Y);

    private readonly record struct Line(Point From, Point To);

    private struct Holder
    {
        public string? Text { get; set; }

        public object? Other { get; set; }
    }

    private sealed class Evil : IEnumerable<int>
    {
        public IEnumerator<int> GetEnumerator() => throw new InvalidOperationException("user code was run");

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        public override bool Equals(object? obj) => throw new InvalidOperationException("user code was run");

        public override int GetHashCode() => throw new InvalidOperationException("user code was run");

        public override string ToString() => throw new InvalidOperationException("user code was run");
    }

    private static IEnumerable<TestCaseData> Values()
    {
        yield return Case(true, "true");
        yield return Case('x', "'x'");
        yield return Case((sbyte)-5, "-5");
        yield return Case((byte)200, "200");
        yield return Case((short)-300, "-300");
        yield return Case((ushort)60000, "60000");
        yield return Case(int.MinValue, "-2147483648");
        yield return Case(uint.MaxValue, "4294967295");
        yield return Case(long.MinValue, "-9223372036854775808");
        yield return Case(ulong.MaxValue, "18446744073709551615");
        yield return Case(1.5f, "1.5");
        yield return Case(-2.25, "-2.25");
        yield return Case(12.340m, "12.340");
        yield return Case((Half)0.5, "0.5");
        yield return Case((Int128)(-7), "-7");
        yield return Case(UInt128.MaxValue, UInt128.MaxValue.ToString(CultureInfo.InvariantCulture));
        yield return Case(Guid.Parse("00112233-4455-6677-8899-aabbccddeeff"), "00112233-4455-6677-8899-aabbccddeeff");
        yield return Case(Colour.Green, "Green");
        yield return Case((Colour)7, "7");
        yield return Case(Big.Top, "Top");
        yield return Case((int?)5, "5");
        yield return Case((int?)null, "null");
        yield return Case((1, "two"), "(1, \"two\")");
        yield return Case(new Point(1, 2), "Point { X = 1, Y = 2 }");
        yield return Case(
            new Line(new Point(1, 2), new Point(3, 4)), "Line { From = Point {...}, To = Point {...} }");
        yield return Case(new Holder { Text = "t" }, "Holder { Text = \"t\", Other = null }");
        yield return Case("text", "\"text\"");
        yield return Case(new[] { 1, 2 }, "(int[])[1, 2]");
        yield return Case(new int[2, 2], "(int[,])['... (4 more elements)']");
        yield return Case(new List<int> { 1, 2, 3, 4, 5 }, "(List<int>)[1, 2, 3, '... (2 more elements)']");
        yield return Case(new List<List<int>> { new() { 1 } }, "(List<List<int>>)[(List<int>)['... (1 more elements)']]");
        yield return Case(new List<Point> { new(1, 2) }, "(List<Point>)[Point { X = 1, Y = 2 }]");
        yield return Case(new Dictionary<string, int> { ["a"] = 1 }, "(Dictionary<string, int>)[\"a\": 1]");
        yield return Case(new HashSet<int> { 4 }, "(HashSet<int>)[4]");
        yield return Case(new Queue<string>(["q"]), "(Queue<string>)[\"q\"]");
        yield return Case(new LinkedList<long>([8L]), "(LinkedList<long>)[8]");
        yield return Case((Func<int, int>)Math.Abs, "Math.Abs");
        yield return Case((Action)(static () => { }), "ValueTests.Values.<lambda>");
        yield return Case((decimal?)1.50m, "1.50");
        yield return Case((bool?)null, "null");
        yield return Case((Point?)new Point(1, 2), "Point { X = 1, Y = 2 }");
        yield return Case(Array.CreateInstance(typeof(int), [2], [5]), "(int[])['... (2 more elements)']");
        yield return Case("\uD800", "\"\\uD800\"");
        yield return Case(typeof(HashSet<>), "typeof(HashSet<T>)");
        yield return Case(typeof(PriorityQueue<,>), "typeof(PriorityQueue<TElement, TPriority>)");
        yield return Case(typeof(Span<int>), "typeof(Span<int>)");
        yield return Case(typeof(int*), "typeof(int*)");
        yield return Case(typeof(Dictionary<int, Point[]>), "typeof(Dictionary<int, ValueTests.Point[]>)");
    }

    [TestCaseSource(nameof(Values))]
    public void A_value_is_captured(Func<string[]> capture, string expected)
    {
        string[] events = capture();
        string shown = events[0]["run Tests.Program.Take <- 'value':".Length..];

        Assert.That(Simplified(shown), Is.EqualTo(expected));
        Assert.That(events[1], Is.EqualTo("end Tests.Program.Take -> " + shown));
        if (expected != "null")
            Assert.That(events[2], Does.EndWith(" -> " + shown));
    }

    [Test]
    public unsafe void Function_pointers_are_left_out()
    {
        var pointers = new delegate*<void>[2];
        Assert.That(Capture(pointers)[0],
            Does.EndWith("'value':(delegate*<void>[])['... (2 more elements)']").Or.EndsWith("['... (2 more elements)']"));
        Assert.That(Capture<object>(new WithFunctionPointer { Number = 3, Function = null })[0],
            Does.EndWith("WithFunctionPointer { Number = 3 }"));
    }

    [Test]
    public void Values_of_fixed_size_are_captured_without_allocating()
    {
        using var recording = new Recording();
        ThreadRecorder recorder = Probe.Attach()!;
        var owner = new object();

        Assert.That(AllocatedBy(() => Probe.Update(recorder, WovenSites.Value, owner, 1, 2)), Is.Zero);
        Assert.That(AllocatedBy(() => Probe.Update(recorder, WovenSites.Value, owner, 1m, 2m)), Is.Zero);
        Assert.That(AllocatedBy(() => Probe.Update<int?>(recorder, WovenSites.Value, owner, null, 2)), Is.Zero);
        Assert.That(AllocatedBy(() => Probe.Update(recorder, WovenSites.Value, owner, Colour.Red, Colour.Green)), Is.Zero);
        Assert.That(AllocatedBy(() => Probe.UpdateReference(recorder, WovenSites.Value, owner, "a", "b")), Is.Zero);
        int[] array = [1, 2, 3, 4];
        List<DateTime> list = [DateTime.UnixEpoch];
        Assert.That(AllocatedBy(() => Probe.UpdateReference(recorder, WovenSites.Value, owner, array, list)), Is.Zero);
    }

    private static long AllocatedBy(Action action)
    {
        action();
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 0; i < 100; i++)
            action();
        return GC.GetAllocatedBytesForCurrentThread() - before;
    }

    [Test]
    public void Long_strings_are_cut_and_their_length_is_told()
    {
        string text = new('x', 1000);
        string[] events = Capture(text);

        Assert.That(events[0], Does.Contain('"' + new string('x', 128)).And.Not.Contain(new string('x', 129)).And.Contain("(1000 chars)"));
    }

    [Test]
    public void A_cut_leaves_no_half_of_a_character()
    {
        string text = new string('x', 127) + "\U0001F600" + "rest";
        string[] events = Capture(text);

        Assert.That(events[0], Does.Contain(new string('x', 127)).And.Not.Contain("\\uD83D").And.Not.Contain("\uFFFD"));
    }

    [Test]
    public void The_programs_own_code_is_never_run()
    {
        foreach (object evil in new object[]
            { new Evil(), new List<Evil> { new() }, new Dictionary<int, Evil> { [1] = new() }, (1, new Evil()) })
        {
            Assert.That(Capture(evil)[0], Does.Contain("ValueTests.Evil#").And.Not.Contain("user code"));
        }
    }

    [Test]
    public void Collections_that_could_block_are_shown_by_their_number()
    {
        Assert.That(Capture(new ConcurrentDictionary<int, int>())[0], Does.Contain("ConcurrentDictionary<int, int>#"));
        Assert.That(Capture(new BlockingCollection<int>())[0], Does.Contain("BlockingCollection<int>#"));
    }

    [Test]
    public void A_call_with_more_values_than_a_record_holds_is_still_one_record()
    {
        using var recording = new Recording();
        string[] text = Enumerable.Repeat(new string('x', 500), 3).ToArray();
        ThreadRecorder recorder = Probe.Enter(WovenSites.Take)!;
        for (int i = 0; i < 60; i++)
            Probe.ArgumentReference(recorder, text);
        Probe.EndValue(recorder, Probe.Entered(recorder), 5);

        string[] lines = recording.Stop();
        Assert.That(lines, Has.Length.EqualTo(2));
        Assert.That(lines[1], Does.EndWith("end Tests.Program.Take -> 5"));
    }

    [Test]
    public void A_collection_changed_meanwhile_never_breaks_the_trace()
    {
        using var recording = new Recording();
        var list = new List<int>();
        var map = new Dictionary<int, string>();
        using var stop = new System.Threading.CancellationTokenSource();
        var writer = new System.Threading.Thread(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                list.Add(i);
                map[i % 10] = "x";
                if (i % 5 == 0)
                {
                    list.Clear();
                    map.Clear();
                }
            }
        });
        writer.Start();
        ThreadRecorder recorder = Probe.Attach()!;
        for (int i = 0; i < 5000; i++)
            Probe.UpdateReference(recorder, WovenSites.Anything, null, list, map);
        stop.Cancel();
        writer.Join();

        string[] lines = recording.Stop();
        Assert.That(lines, Has.Length.EqualTo(5000));
        Assert.That(
            lines.Count(line =>
                Regex.IsMatch(line, @"^   23 upd @\.Program\.anything \(List<int>\)\[.*\] -> \(Dictionary<int, string>\)\[.*\]$")),
                    Is.EqualTo(5000));
    }

    [Test]
    public void Limits_are_the_sessions()
    {
        using var recording = new Recording(new TracerOptions { MaximumStringLength = 2, MaximumElements = 1 });
        ThreadRecorder recorder = Probe.Attach()!;
        Probe.UpdateReference(recorder, WovenSites.Anything, null, "abc", new[] { 1, 2 });
        recording.Stop();

        // The options name no output, so the recording's own is taken.
        Assert.That(Recording.Lines(recording.Trace).Single(),
            Does.Contain("\"ab").And.Not.Contain("abc").And.Contain("[1, '... (1 more elements)']"));
    }

    private unsafe struct WithFunctionPointer
    {
        public int Number;
        public delegate*<void> Function;
    }

    private static TestCaseData Case<T>(T value, string expected) =>
        new TestCaseData((Func<string[]>)(() => Capture(value)), expected).SetArgDisplayNames(typeof(T).Name + " " + expected);

    private static string[] Capture<T>(T value)
    {
        using var recording = new Recording();
        long failures = ProbeFailures.Count;
        ThreadRecorder recorder = Probe.Enter(WovenSites.Take)!;
        Probe.Argument(recorder, value);
        Probe.EndValue(recorder, Probe.Entered(recorder), value);
        Probe.UpdateReference(recorder, WovenSites.Anything, null, null, value);
        string[] events = Recording.Events(recording.Stop()).ToArray();
        Assert.That(ProbeFailures.Count, Is.EqualTo(failures), "nothing fails inside a probe");
        return events;
    }

    /// <summary>This class's own nested types, written as if they were not nested.</summary>
    private static string Simplified(string shown) =>
        shown.StartsWith("typeof", StringComparison.Ordinal) || shown.StartsWith("ValueTests.Values", StringComparison.Ordinal)
            ? shown
            : shown.Replace("ValueTests.", "", StringComparison.Ordinal);
}
