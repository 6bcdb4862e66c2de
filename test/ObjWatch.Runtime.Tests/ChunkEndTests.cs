using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>Chunks are used to their ends: a record that has no room in one moves to the next while it is written, and nothing of it is
/// lost.</summary>
[NonParallelizable]
public sealed class ChunkEndTests
{
    private const int Events = 20_000;

    [Test]
    public void Values_of_every_size_come_through_the_ends_of_chunks_and_windows()
    {
        using var recording = new Recording();
        var random = new Random(7);
        var counters = new Counter[20];
        for (int i = 0; i < counters.Length; i++)
            counters[i] = new Counter();
        var expected = new List<string>();
        ThreadRecorder recorder = Probe.Attach()!;
        for (int i = 0; i < Events; i++)
            expected.Add(Raise(recorder, random, counters, i));
        Assert.That(Recording.Events(recording.Stop()), Is.EqualTo(expected));
        AssertWhole(recording.Trace);
    }

    [Test]
    public void Chunks_have_no_room_left_for_another_record()
    {
        using var recording = new Recording();
        ThreadRecorder recorder = Probe.Attach()!;
        for (int i = 0; i < Events; i++)
            Probe.Update(recorder, WovenSites.Anything, null, "a text of some length " + i, "another one " + i);
        recording.Stop();
        using var reader = new TraceReader(recording.Trace, growing: false);
        var last = new LastPlaces();
        new EventMerger(reader).Merge(last);
        Assert.That(last.Full, Has.Count.GreaterThan(10).And.All.GreaterThan(TraceFormat.ChunkSize - 512));
    }

    /// <summary>Raises one event.</summary>
    /// <returns>Its line.</returns>
    private static string Raise(ThreadRecorder recorder, Random random, Counter[] counters, int number)
    {
        Counter counter = counters[random.Next(counters.Length)];
        string text = new('x', random.Next(129));
        switch (random.Next(6))
        {
            case 0:
                Probe.Update(recorder, WovenSites.Value, counter, number, number + 1);
                return $"upd Counter.value {number} -> {number + 1} #{Number(counter)}";
            case 1:
                Probe.UpdateReference(recorder, WovenSites.Anything, null, null, text);
                return $"upd @.Program.anything null -> \"{text}\"";
            case 2:
                int[] items = [.. Enumerable.Range(0, random.Next(1, 4))];
                Probe.UpdateReference(recorder, WovenSites.Anything, null, counter, items);
                return $"upd @.Program.anything Counter#{Number(counter)} -> (int[])[{string.Join(", ", items)}]";
            case 3:
                Probe.Update(recorder, WovenSites.Total, null, 1m, 2m);
                return "upd @.Program.Total 1 -> 2";
            case 4:
                Probe.UpdateProperty(recorder, WovenSites.Size, counter, (long)int.MaxValue + number, -1L);
                return $"upd Counter.Size {(long)int.MaxValue + number} -> -1 #{Number(counter)}";
            default:
                Probe.Update(recorder, WovenSites.Total, null, (long)number, long.MinValue);
                return $"upd @.Program.Total {number} -> {long.MinValue}";
        }
    }

    private static void AssertWhole(string trace)
    {
        using var reader = new TraceReader(trace, growing: false);
        var ordinals = new Ordinals();
        new EventMerger(reader).Merge(ordinals);
        Assert.Multiple(() =>
        {
            Assert.That(reader.Damage.Describe(), Is.Empty);
            Assert.That(ordinals.All, Is.EqualTo(Enumerable.Range(1, Events).Select(number => (long)number)));
            Assert.That(reader.ChunkCount, Is.GreaterThan(10));
        });
    }

    private static long Number(object instance) => TraceFormat.ObjectNumber(Values.Objects.ObjectTable.StateOf(instance).Identity);

    private sealed class Ordinals : IEventSink
    {
        public List<long> All { get; } = [];

        public void Visit(RecordedEvent happened) => All.Add(happened.Ordinal);
    }

    /// <summary>Where in each chunk but the last one the last record ends.</summary>
    private sealed class LastPlaces : IEventSink
    {
        private long _end;

        public List<long> Full { get; } = [];

        public void Visit(RecordedEvent happened)
        {
            long place = happened.Stream.RecordOffset - TraceFormat.HeaderSize;
            if (_end > 0 && place / TraceFormat.ChunkSize != (_end - 1) / TraceFormat.ChunkSize)
                Full.Add((_end - 1) % TraceFormat.ChunkSize);
            _end = place + happened.Stream.Record.Length;
        }
    }
}
