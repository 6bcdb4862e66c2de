using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>A trace may end anywhere, because its process was killed or its disk was full, and may hold anything, because somebody made it
/// so.</summary>
[TestFixture]
internal sealed class DamagedTraceTests
{
    [Test]
    public void A_trace_cut_at_any_byte_gives_the_beginning_of_its_text()
    {
        byte[] whole = Traces.Everything().Build();
        string text = Rendered.From(whole).Text;
        foreach (int length in InterestingPositions(whole).Where(position => position >= TraceFormat.HeaderSize))
        {
            Rendered cut = Rendered.From(whole[..length]);
            // Names may be lost with the definitions' chunk, which is the first; the threads' chunks come after it.
            if (length >= TraceFormat.HeaderSize + TraceFormat.ChunkSize)
                Assert.That(text, Does.StartWith(cut.Text), $"cut at byte {length}");
            Assert.That(cut.Text, Is.Empty.Or.EndsWith("\n"), $"cut at byte {length}");
        }
    }

    [Test]
    public void A_trace_cut_within_its_header_is_refused_in_words([Values(0, 1, 8, 47, 48, 4095)] int length)
    {
        byte[] whole = Traces.Everything().Build();
        Assert.That(() => Rendered.From(whole[..length]), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("trace"));
    }

    [Test]
    public void A_file_that_is_no_trace_is_refused()
    {
        Assert.That(() => Rendered.From(new byte[100_000]),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("not an ObjWatch trace"));
    }

    [Test]
    public void A_trace_of_a_newer_format_is_refused_by_its_version()
    {
        byte[] trace = Traces.Everything().Build();
        BinaryPrimitives.WriteUInt32LittleEndian(trace.AsSpan(8), 3);
        Assert.That(() => Rendered.From(trace),
            Throws.InstanceOf<InvalidDataException>().With.Message.Contains("version 3").And.Message.Contains("newer"));
    }

    [Test]
    public void A_bad_record_of_version_1_costs_no_other_and_is_counted()
    {
        TraceBuilder trace = Sample.Trace(TraceFormat.Version1);
        trace.Thread(1)
            .Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1))
            .Raw([3, 0, 4, 0])
            .Update(Sample.ValueStore, 1, Value.Int(1), Value.Int(2))
            .NextChunk()
            .Update(Sample.ValueStore, 1, Value.Int(2), Value.Int(3));
        Rendered rendered = Rendered.From(trace);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Is.EqualTo(new[]
            {
                "   15 upd Counter.Value 0 -> 1 #1", "   15 upd Counter.Value 1 -> 2 #1", "   15 upd Counter.Value 2 -> 3 #1",
            }));
            Assert.That(rendered.Damage.BadRecords, Is.EqualTo(1));
            Assert.That(rendered.Damage.SkippedBytes, Is.EqualTo(4));
        });
    }

    [Test]
    public void Several_bad_places_of_a_chunk_of_version_1_cost_nothing_between_them()
    {
        byte[] bytes = Numbered(out int chunk, TraceFormat.Version1);
        foreach (int record in new[] { 10, 40, 80 })
            bytes[chunk + ChunkHeader.SizeInVersion1 + record * 28] = 3;
        Rendered rendered = Rendered.From(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Has.Length.EqualTo(97));
            Assert.That(rendered.Damage.BadRecords, Is.EqualTo(3));
            Assert.That(rendered.Damage.SkippedBytes, Is.EqualTo(3 * 28));
        });
    }

    [Test]
    public void A_place_of_version_1_that_was_overwritten_with_zeros_is_no_end()
    {
        byte[] bytes = Numbered(out int chunk, TraceFormat.Version1);
        bytes.AsSpan(chunk + 1024, 512).Clear();
        Rendered rendered = Rendered.From(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Has.Length.GreaterThan(100 - 512 / 28 - 2));
            Assert.That(rendered.Lines, Has.Some.Contains(" 99 -> 100 "));
            Assert.That(rendered.Damage.BadRecords, Is.EqualTo(1));
        });
    }

    [TestCase(false, 0, TestName = "A_stream_whose_last_records_are_gone_is_as_good_as_one_that_never_had_them")]
    [TestCase(true, 1, TestName = "Records_missing_at_the_end_of_a_stream_are_told_where_the_trace_was_closed")]
    public void Last_records_are_missed(bool closed, int told)
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1).Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1));
        int kept = thread.Position;
        thread.Update(Sample.ValueStore, 1, Value.Int(1), Value.Int(2));
        thread.LastChunk.AsSpan(kept).Clear();
        if (closed)
            trace.Written(thread);
        Rendered rendered = Rendered.From(trace);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Has.Length.EqualTo(1));
            Assert.That(rendered.Damage.UnmarkedChunks, Is.EqualTo(told));
        });
    }

    // Number 7,783 of 10,000 mutations in a row.
    [TestCase(ulong.MaxValue)]
    [TestCase((ulong)long.MaxValue)]
    public void A_chunk_said_to_lie_where_no_file_ends_is_a_bad_definition(ulong offset)
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1).Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1));
        trace.Definitions.Record(RecordKind.Written, writer =>
        {
            writer.Write(offset);
            writer.Write(TraceFormat.ChunkSize);
            writer.Write(0);
        });
        Rendered rendered = Rendered.From(trace);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Has.Length.EqualTo(1));
            Assert.That(rendered.Damage.BadDefinitions, Is.EqualTo(1));
        });
    }

    [Test]
    public void A_full_chunk_without_its_last_records_is_told()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1).Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1));
        int kept = thread.Position;
        byte[] full = thread.LastChunk!;
        thread.Update(Sample.ValueStore, 1, Value.Int(1), Value.Int(2)).NextChunk()
            .Update(Sample.ValueStore, 1, Value.Int(2), Value.Int(3));
        full.AsSpan(kept).Clear();
        Rendered rendered = Rendered.From(trace);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Has.Length.EqualTo(2));
            Assert.That(rendered.Damage.UnmarkedChunks, Is.EqualTo(1));
        });
    }

    [Test]
    public void What_was_being_written_when_its_process_was_killed_is_no_damage()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Closed = false;
        byte[] unfinished = new byte[28];
        // Its head would have come last. What its value looks like is the program's business.
        BinaryPrimitives.WriteUInt32LittleEndian(unfinished.AsSpan(4),
            RecordHead.Of(StoreCode.Of(ValueTag.Int64, OwnerForm.Same), Sample.ValueStore));
        trace.Thread(1).Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1)).Raw(unfinished);
        Rendered rendered = Rendered.From(trace);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Has.Length.EqualTo(1));
            Assert.That(rendered.Damage.Any, Is.False);
        });
    }

    [Test]
    public void A_chunk_without_its_mark_is_read_where_it_fits([Values(0u, 7u)] uint mark)
    {
        byte[] bytes = Numbered(out int chunk);
        BinaryPrimitives.WriteUInt32LittleEndian(bytes.AsSpan(chunk + ChunkHeader.MagicOffset), mark);
        Rendered rendered = Rendered.From(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Has.Length.EqualTo(100));
            Assert.That(rendered.Damage.BadChunks, Is.EqualTo(1));
        });
    }

    [TestCase(0)]
    [TestCase(12)]
    [TestCase(16)]
    [TestCase(32)]
    [TestCase(44)]
    public void A_damaged_header_does_not_hide_the_events(int offset)
    {
        byte[] bytes = Numbered(out _);
        bytes.AsSpan(offset, offset == 16 ? 8 : 4).Fill((byte)(offset == 16 ? 0 : 0xFF));
        if (offset == 32)
            bytes[39] = 0xFF;
        Rendered rendered = Rendered.From(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Has.Length.EqualTo(100));
            Assert.That(rendered.Damage.Describe(), Is.EqualTo(new[] { "the file's header" }));
        });
    }

    [Test]
    public void What_was_cut_off_after_the_end_is_missed()
    {
        byte[] bytes = Numbered(out int chunk);
        Assert.That(Rendered.From(bytes).Damage.Any, Is.False);
        Assert.That(Rendered.From(bytes[..chunk]).Damage.Describe(),
            Is.EqualTo(new[] { $"the last {bytes.Length - chunk} bytes are missing" }));
    }

    /// <summary>A trace with 1 -> 2 to 99 -> 100 and the like in its last chunk.</summary>
    private static byte[] Numbered(out int chunk, uint version = TraceFormat.Version)
    {
        TraceBuilder trace = Sample.Trace(version);
        StreamBuilder thread = trace.Thread(1);
        for (int i = 1; i <= 100; i++)
            thread.Update(Sample.ValueStore, 1, Value.Int(i - 1), Value.Int(i));
        byte[] bytes = trace.Build();
        chunk = bytes.Length - TraceFormat.ChunkSize;
        return bytes;
    }

    [Test]
    public void A_lost_chunk_is_counted_and_the_next_one_read()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1).Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1)).NextChunk();
        int lost = trace.ChunkCount - 1;
        thread.Update(Sample.ValueStore, 1, Value.Int(1), Value.Int(2)).NextChunk()
            .Update(Sample.ValueStore, 1, Value.Int(2), Value.Int(3));
        byte[] bytes = trace.Build();
        bytes.AsSpan(TraceFormat.HeaderSize + lost * TraceFormat.ChunkSize, TraceFormat.ChunkSize).Clear();
        Rendered rendered = Rendered.From(bytes);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Is.EqualTo(new[] { "   15 upd Counter.Value 0 -> 1 #1", "   15 upd Counter.Value 2 -> 3 #1" }));
            Assert.That(rendered.Damage.MissingChunks, Is.EqualTo(1));
        });
    }

    [Test]
    public void Numbers_without_a_definition_are_shown_as_such()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1)
            .Run(99, 100, 3, 0)
            .Update(98, 0, Value.Object(5, 77), Value.Enum(78, 4))
            .End(99, 110, 0, Value.Exception(79, "text"), failed: true);
        Assert.That(Rendered.From(trace).Lines, Is.EqualTo(new[]
        {
            "    3 run ?site 99 <- ",
            "    0   upd ?site 98 ?type 77#5 -> 4",
            "    3 end ?site 99 -> !?type 79: text",
        }));
    }

    [Test]
    public void A_table_that_claims_more_than_the_file_holds_is_not_believed()
    {
        var trace = new TraceBuilder();
        trace.Definitions.Record(RecordKind.AssemblyPart, writer =>
        {
            writer.Write(1);
            writer.Write(uint.MaxValue);
            writer.Write(0);
            writer.Write(uint.MaxValue);
        });
        trace.Thread(1).Run(1, 100, 3, -1);
        Assert.That(Rendered.From(trace).Damage.BadDefinitions, Is.EqualTo(1));
    }

    [Test]
    public void Without_a_last_owner_those_who_mean_him_are_unknown()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1)
            .Raw(Store(OwnerForm.Near, [7, 0, 0, 0, 1, 0, 2, 0]))
            .Raw(Store(OwnerForm.Same, [2, 0, 3, 0]))
            .Raw(Store(OwnerForm.Stated, [8, 0, 0, 0, 0, 1, 0, 0, 3, 0, 4, 0]))
            .Raw(Store(OwnerForm.Same, [4, 0, 5, 0]));
        Assert.That(Read(trace).Select(happened => (happened.Owner, happened.Unknown)), Is.EqualTo(new (ulong, bool)[]
        {
            (7, true), (0, true), (TraceFormat.Identity(8, Sample.CounterType), false),
                (TraceFormat.Identity(8, Sample.CounterType), false),
        }));

        static byte[] Store(OwnerForm form, byte[] fields) =>
            [.. BitConverter.GetBytes(RecordHead.Of(StoreCode.Of(StoreCode.Int32In16Bits, form), Sample.ValueStore)), .. fields];
    }

    [Test]
    public void Behind_a_record_of_an_unknown_kind_ordinals_are_unknown_up_to_the_next_safepoint()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1)
            .Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1))
            .Raw(BitConverter.GetBytes(14u | (8 << RecordHead.SiteShift)).Concat(new byte[4]).ToArray())
            .Update(Sample.ValueStore, 1, Value.Int(1), Value.Int(2))
            .NextChunk()
            .Update(Sample.ValueStore, 1, Value.Int(2), Value.Int(3));
        Assert.That(Read(trace).Select(happened => happened.Ordinal), Is.EqualTo(new long[] { 1, 0, 3 }));
    }

    private static List<(ulong Owner, bool Unknown, long Ordinal)> Read(TraceBuilder trace)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["trace.objtrace"], trace.Build());
        using var reader = new TraceReader(folder["trace.objtrace"], growing: false);
        var events = new EventList();
        new EventMerger(reader).Merge(events);
        return events.Events;
    }

    private sealed class EventList : IEventSink
    {
        public List<(ulong Owner, bool Unknown, long Ordinal)> Events { get; } = [];

        public void Visit(RecordedEvent happened) => Events.Add((happened.Owner, happened.IsOwnerUnknown, happened.Ordinal));
    }

    /// <summary>Every byte that means something, and some of those between.</summary>
    private static IEnumerable<int> InterestingPositions(byte[] trace)
    {
        for (int i = 0; i <= trace.Length; i++)
        {
            bool nearContent = trace.AsSpan(Math.Max(0, i - 8), Math.Min(16, trace.Length - Math.Max(0, i - 8)))
                .IndexOfAnyExcept((byte)0) >= 0;
            if (nearContent || i % 4093 == 0 || i == trace.Length)
                yield return i;
        }
    }
}
