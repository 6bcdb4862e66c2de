using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using CsCheck;
using NUnit.Framework;
using ObjWatch.Trace;

namespace ObjWatch.Reading.Tests;

/// <summary>A trace may end anywhere, because its process was killed or its disk was full, and may hold anything, because somebody made it so.</summary>
[TestFixture]
internal sealed class DamagedTraceTests
{
    private const int MostTextOfASmallTrace = 64 * 1024 * 1024;

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
        Assert.That(() => Rendered.From(new byte[100_000]), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("not an ObjWatch trace"));
    }

    [Test]
    public void A_trace_of_a_newer_format_is_refused_by_its_version()
    {
        byte[] trace = Traces.Everything().Build();
        BinaryPrimitives.WriteUInt32LittleEndian(trace.AsSpan(8), 2);
        Assert.That(() => Rendered.From(trace), Throws.InstanceOf<InvalidDataException>().With.Message.Contains("version 2").And.Message.Contains("newer"));
    }

    [Test]
    public void A_bad_record_costs_the_rest_of_its_chunk_and_is_counted()
    {
        TraceBuilder trace = Sample.Trace();
        trace.Thread(1)
            .Update(Sample.ValueStore, 1, Value.Int(0), Value.Int(1))
            .Raw([3, 0, (byte)RecordKind.Update, 0])
            .Update(Sample.ValueStore, 1, Value.Int(1), Value.Int(2))
            .NextChunk()
            .Update(Sample.ValueStore, 1, Value.Int(2), Value.Int(3));
        Rendered rendered = Rendered.From(trace);
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Lines, Is.EqualTo(new[] { "   15 upd Counter.Value 0 -> 1 #1", "   15 upd Counter.Value 2 -> 3 #1" }));
            Assert.That(rendered.Damage.BadRecords, Is.EqualTo(1));
        });
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
    public void No_mutation_of_a_trace_breaks_the_reader()
    {
        byte[] whole = Traces.Everything().Build();
        int[] positions = [.. InterestingPositions(whole).Where(position => position < whole.Length)];
        Gen<(int Position, byte Value)[]> mutations =
            Gen.Select(Gen.Int[0, positions.Length - 1], Gen.Byte, (index, value) => (positions[index], value)).Array[1, 6];
        mutations.Sample(
            changes =>
            {
                byte[] mutated = (byte[])whole.Clone();
                foreach ((int position, byte value) in changes)
                    mutated[position] = value;
                AssertHarmless(mutated);
            },
            iter: 2000, threads: 1);
    }

    [Test]
    public void No_flipped_bit_of_a_trace_breaks_the_reader()
    {
        byte[] whole = Traces.Everything().Build();
        int[] positions = [.. InterestingPositions(whole).Where(position => position < whole.Length)];
        Gen.Select(Gen.Int[0, positions.Length - 1], Gen.Int[0, 7]).Sample(
            flip =>
            {
                byte[] mutated = (byte[])whole.Clone();
                mutated[positions[flip.Item1]] ^= (byte)(1 << flip.Item2);
                AssertHarmless(mutated);
            },
            iter: 2000, threads: 1);
    }

    private static void AssertHarmless(byte[] trace)
    {
        Rendered rendered;
        try
        {
            rendered = Rendered.From(trace);
        }
        catch (InvalidDataException)
        {
            // The header is no longer one; the message is the business of other tests.
            return;
        }

        if (rendered.Text.Length > MostTextOfASmallTrace)
            throw new InvalidOperationException("the text is out of proportion");
        foreach (char unit in rendered.Text)
        {
            if (char.IsControl(unit) && unit != '\n')
                throw new InvalidOperationException("a control character came through");
        }
    }

    /// <summary>Every byte that means something, and some of those between.</summary>
    private static IEnumerable<int> InterestingPositions(byte[] trace)
    {
        for (int i = 0; i <= trace.Length; i++)
        {
            bool nearContent = trace.AsSpan(Math.Max(0, i - 8), Math.Min(16, trace.Length - Math.Max(0, i - 8))).IndexOfAnyExcept((byte)0) >= 0;
            if (nearContent || i % 4093 == 0 || i == trace.Length)
                yield return i;
        }
    }
}
