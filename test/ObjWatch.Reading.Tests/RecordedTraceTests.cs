using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Trace;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Reading.Tests;

/// <summary>What a program gets that reads traces with the public library.</summary>
[TestFixture]
internal sealed class RecordedTraceTests
{
    private string _path = "";

    [SetUp]
    public void ChoosePath() => _path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objtrace");

    [TearDown]
    public void Delete() => File.Delete(_path);

    [Test]
    public void A_call_has_its_method_place_arguments_and_result()
    {
        TraceEvent[] events = Read(Traces.Everything());
        TraceEvent add = events.First(happened => happened.Kind == TraceEventKind.MethodEntered && happened.Method == "Sample.Counter.Add");
        TraceEvent end = events.First(happened => happened.Kind == TraceEventKind.MethodLeft && happened.Method == "Sample.Counter.Add");
        Assert.Multiple(() =>
        {
            Assert.That((add.Thread, add.Depth, add.Line, add.File), Is.EqualTo((1L, 1, 45, "/src/Sample.cs")));
            Assert.That(add.Arguments, Is.EqualTo("'this':Counter#7, 'item':(List<int>)[1, 2, '... (7 more elements)'], 'times':-3"));
            Assert.That(add.Time, Is.EqualTo(TimeSpan.FromTicks(1)));
            Assert.That(add.ObjectNumber, Is.EqualTo(7));
            Assert.That((add.Result, add.Member, add.Old, add.New), Is.EqualTo(default((string?, string?, string?, string?))));
            Assert.That(end.Result, Is.EqualTo("!InvalidOperationException: no"));
            Assert.That(end.Failed);
            Assert.That(add.IsChange || end.IsChange, Is.False);
        });
    }

    [Test]
    public void A_change_has_its_member_object_and_values()
    {
        TraceEvent change = Read(Traces.Everything()).Single(happened => happened.Member == "Counter.Value");
        Assert.Multiple(() =>
        {
            Assert.That(change.Kind, Is.EqualTo(TraceEventKind.MemberChanged));
            Assert.That(change.IsChange);
            Assert.That((change.Name, change.Thread, change.Ordinal), Is.EqualTo(("@2:2", 2L, 2L)));
            Assert.That((change.Old, change.New, change.ObjectNumber), Is.EqualTo(("10", "11", 7L)));
            Assert.That((change.Method, change.Line, change.File), Is.EqualTo(("Sample.Counter.Increment", 15, "/src/Sample.cs")));
            Assert.That((change.Arguments, change.Result, change.Time), Is.EqualTo(default((string?, string?, TimeSpan?))));
        });
    }

    [Test]
    public void A_static_member_says_so()
    {
        TraceEvent change = Read(Traces.Everything()).First(happened => happened.Member == "@.Counter.Total");
        Assert.That((change.ObjectNumber, change.Old, change.New),
            Is.EqualTo(((long?)null, "(Dictionary<string, int>)[\"a\": 1, '... (2 more elements)']", "null")));
    }

    [Test]
    public void A_collection_has_its_type_and_lengths()
    {
        TraceEvent grown = Read(Traces.Everything()).Single(happened => happened.Kind == TraceEventKind.CollectionGrew);
        Assert.That(
            (grown.Member, grown.CollectionType, grown.OldLength, grown.NewLength, grown.ObjectNumber, grown.Old, grown.New),
            Is.EqualTo(("Counter.items", "List<int>", 3L, 4L, 7L, (string?)null, (string?)null)));
    }

    [Test]
    public void An_element_has_its_place_and_values()
    {
        TraceBuilder trace = Sample.Trace();
        ((Version2StreamBuilder)trace.Thread(1)).Change(RecordKind.ElementStored, Sample.ItemsLength, 7, 0, writer =>
        {
            writer.Write(TraceFormat.Identity(9, Sample.ListType));
            writer.Write(0);
            writer.Write(Value.Int(3));
            writer.Write(Value.Int(1));
            writer.Write(Value.Int(2));
        });
        TraceEvent stored = Read(trace).Single();
        Assert.That(
            (stored.Kind, stored.Member, stored.Element, stored.Old, stored.New, stored.CollectionNumber, stored.ObjectNumber),
            Is.EqualTo((TraceEventKind.ElementChanged, "Counter.items", "3", "1", "2", 9L, 7L)));
    }

    [Test]
    public void What_was_said_and_tested_is_there()
    {
        TraceBuilder trace = Sample.Trace();
        var thread = (Version2StreamBuilder)trace.Thread(1);
        thread.Said(RecordKind.TestBegun, 100, null, Value.Text("Adds"));
        thread.Said(RecordKind.Output, 110, 1, Value.Text("hello"));
        thread.Said(RecordKind.TestEnded, 120, 1, Value.Text("Adds"), Value.Text("expected 2"));
        TraceEvent[] events = Read(trace);
        Assert.Multiple(() =>
        {
            Assert.That(events.Select(happened => happened.Kind),
                Is.EqualTo(new[] { TraceEventKind.TestBegun, TraceEventKind.OutputWritten, TraceEventKind.TestEnded }));
            Assert.That(events.Select(happened => happened.Test), Is.EqualTo(new[] { "Adds", null, "Adds" }));
            Assert.That((events[1].Channel, events[1].Text), Is.EqualTo(("error", "hello")));
            Assert.That((events[2].Outcome, events[2].Text), Is.EqualTo(("failed", "expected 2")));
            Assert.That(events.Select(happened => happened.Method), Is.All.Null);
        });
    }

    [Test]
    public void Lost_events_are_counted_where_they_were_lost()
    {
        TraceEvent[] events = Read(Traces.Everything());
        TraceEvent lost = events.Single(happened => happened.Kind == TraceEventKind.EventsLost);
        Assert.Multiple(() =>
        {
            Assert.That((lost.Count, lost.Name, lost.Thread), Is.EqualTo((3L, (string?)null, 1L)));
            // Those that were lost have had their ordinals.
            TraceEvent[] main = [.. events.Where(happened => happened.Thread == 1)];
            int place = Array.IndexOf(main, lost);
            Assert.That(main[place + 1].Ordinal - main[place - 1].Ordinal, Is.EqualTo(4));
        });
    }

    [Test]
    public void Events_of_all_threads_come_in_order_of_time()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder first = trace.Thread(1);
        StreamBuilder second = trace.Thread(2, startTicks: 150, managedId: 2);
        first.Run(Sample.Main, 100, 0, 0).Update(Sample.ValueStore, 7, Value.Int(1), Value.Int(2)).End(Sample.Main, 300, 0, Value.Void);
        second.Run(Sample.Main, 200, 0, 0).End(Sample.Main, 400, 0, Value.Void);
        Assert.That(Read(trace).Select(happened => happened.Name), Is.EqualTo(new[] { "@1:1", "@1:2", "@2:1", "@1:3", "@2:2" }));
    }

    [Test]
    public void Events_can_be_taken_again_and_only_in_part()
    {
        using RecordedTrace trace = Open(Traces.Everything().Build());
        IEnumerable<TraceEvent> events = trace.Events();
        string?[] all = [.. events.Select(happened => happened.ToString())];
        Assert.Multiple(() =>
        {
            Assert.That(events.Take(3).Select(happened => happened.ToString()), Is.EqualTo(all.Take(3)));
            Assert.That(events.Select(happened => happened.ToString()), Is.EqualTo(all));
            Assert.That(events.Zip(trace.Events(), (left, right) => left.ToString() == right.ToString()), Is.All.True);
        });
    }

    [Test]
    public void The_run_is_described()
    {
        TraceBuilder builder = Traces.Everything();
        builder.Fact("rank", "3");
        builder.LeftOut(Sample.ValueStore, 8);
        using RecordedTrace trace = Open(builder.Build());
        Assert.Multiple(() =>
        {
            Assert.That((trace.IsClosed, trace.IsRing, trace.FormatVersion, trace.Rank),
                Is.EqualTo((true, false, (int)TraceFormat.Version, (int?)3)));
            Assert.That(trace.StartTime, Is.EqualTo(builder.StartTime));
            Assert.That(trace.Facts["process"], Is.EqualTo("Sample"));
            Assert.That(trace.Threads.Select(thread => (thread.Number, thread.ManagedId, thread.Name)),
                Is.EqualTo(new[] { (1L, 1L, "main"), (2L, 5L, null) }));
            Assert.That(trace.LeftOut.Select(left => (left.Name, left.Line, left.Count)),
                Is.EqualTo(new[] { ("Counter.Value", (int?)15, 8L) }));
            Assert.That(trace.Damage, Is.Empty);
        });
    }

    [Test]
    public void A_damaged_trace_gives_the_rest_and_says_what_is_wrong()
    {
        byte[] bytes = Traces.Everything().Build();
        int whole = Read(Traces.Everything()).Length;
        using RecordedTrace trace = Open(bytes[..^TraceFormat.ChunkSize]);
        TraceEvent[] events = [.. trace.Events()];
        Assert.Multiple(() =>
        {
            Assert.That(events.Length, Is.Positive.And.LessThan(whole));
            Assert.That(trace.Damage, Is.Not.Empty);
        });
    }

    [Test]
    public void A_trace_of_version_1_has_no_ordinals()
    {
        TraceEvent[] events = Read(Traces.Everything(TraceFormat.Version1));
        Assert.Multiple(() =>
        {
            Assert.That(events.Select(happened => happened.Name), Is.All.Null);
            Assert.That(events.Single(happened => happened.Member == "Counter.Value").New, Is.EqualTo("11"));
        });
    }

    [Test]
    public void What_is_no_trace_is_refused_in_words()
    {
        Assert.Multiple(() =>
        {
            Assert.That(() => Open(new byte[100_000]),
                Throws.InstanceOf<InvalidDataException>().With.Message.Contains("not an ObjWatch trace"));
            Assert.That(() => RecordedTrace.Open(_path + ".missing"), Throws.InstanceOf<IOException>());
            Assert.That(() => RecordedTrace.Open(""), Throws.InstanceOf<ArgumentException>());
        });
    }

    [Test]
    public void A_closed_trace_gives_no_more_events()
    {
        RecordedTrace trace = Open(Traces.Everything().Build());
        IEnumerator<TraceEvent> events = trace.Events().GetEnumerator();
        events.MoveNext();
        TraceEvent first = events.Current;
        trace.Dispose();
        Assert.Multiple(() =>
        {
            Assert.That(() => events.MoveNext(), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(() => trace.Events(), Throws.InstanceOf<ObjectDisposedException>());
            Assert.That(first.Method, Is.EqualTo("Sample.Program.Main"));
        });
    }

    private TraceEvent[] Read(TraceBuilder builder)
    {
        using RecordedTrace trace = Open(builder.Build());
        return [.. trace.Events()];
    }

    private RecordedTrace Open(byte[] bytes)
    {
        File.WriteAllBytes(_path, bytes);
        return RecordedTrace.Open(_path);
    }
}
