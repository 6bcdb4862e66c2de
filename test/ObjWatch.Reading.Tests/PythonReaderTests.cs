using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>docs/trace-format.md is enough to write a reader from: one that was finds what the product's reader finds.</summary>
[TestFixture]
internal sealed class PythonReaderTests
{
    private const int Events = 20_000;

    [Test]
    public void Every_kind_of_record_and_value_is_read()
    {
        IReadOnlyDictionary<string, int> kinds = AssertSame(Traces.Everything().Build());
        Assert.That(kinds.Values.Sum(), Is.EqualTo(18));
    }

    [Test]
    public void Records_that_nothing_writes_yet_are_read()
    {
        TraceBuilder trace = Sample.Trace();
        var thread = (Version2StreamBuilder)trace.Thread(1);
        thread.Run(Sample.Increment, 100, 70_000, 0, new byte[16], 5, 6, Value.Object(7, Sample.CounterType));
        thread.Said(RecordKind.Output, 120, 4, Value.Text("said"));
        thread.Said(RecordKind.TestBegun, 130, null, Value.Text("test"));
        thread.Line(Sample.Main);
        thread.Change(RecordKind.ElementStored, Sample.ItemsLength, 7, RecordHead.PartStated | RecordHead.LineStated, writer =>
        {
            writer.Write(TraceFormat.Identity(9, Sample.ListType));
            writer.Write(0);
            writer.Write(1);
            writer.Write([.. Value.Int(3), .. Value.Int(1), .. Value.Int(2)]);
        }, line: 12);
        thread.Said(RecordKind.TestEnded, 140, 1, Value.Text("test"), Value.Null);
        Assert.That(AssertSame(trace.Build()), Has.Count.EqualTo(5));
    }

    [Test]
    public void Chunks_threads_and_owners_are_told_apart()
    {
        IReadOnlyDictionary<string, int> kinds = AssertSame(Large(streams: 3, out _).Build());
        Assert.Multiple(() =>
        {
            Assert.That(kinds.Keys, Is.EquivalentTo(new[] { "run", "end", "upd", "apd", "pop", "awt", "rsm" }));
            Assert.That(kinds.Values.Sum(), Is.GreaterThan(Events));
        });
    }

    [Test]
    public void Damage_costs_both_readers_the_same([Values("word", "zeros", "noise", "cut")] string kind)
    {
        byte[] whole = Large(streams: 1, out int first).Build();
        var random = new Random(20261128);
        for (int i = 0; i < 8; i++)
        {
            // In full chunks of events: definitions are recovered in another way, which this reader leaves out.
            int chunk = TraceFormat.HeaderSize + ((first + (i % 2)) * TraceFormat.ChunkSize);
            int start = chunk + ChunkHeader.Size + (random.Next((TraceFormat.ChunkSize - 1024) / sizeof(uint)) * sizeof(uint));
            var damaged = (byte[])whole.Clone();
            switch (kind)
            {
                case "word":
                    BinaryPrimitives.WriteUInt32LittleEndian(damaged.AsSpan(start), (uint)random.NextInt64());
                    break;
                case "zeros":
                    damaged.AsSpan(start, random.Next(1, 200) * sizeof(uint)).Clear();
                    break;
                case "noise":
                    random.NextBytes(damaged.AsSpan(start, random.Next(1, 200) * sizeof(uint)));
                    break;
                default:
                    damaged = damaged[..(start + random.Next(sizeof(uint)))];
                    break;
            }

            AssertSame(damaged, damaged: true);
        }
    }

    /// <summary>A trace with several chunks for each stream, in which one thread follows upon another.</summary>
    /// <param name="streams">How many streams of events.</param>
    /// <param name="first">The first of the chunks of events.</param>
    private static TraceBuilder Large(uint streams, out int first)
    {
        TraceBuilder trace = Sample.Trace();
        first = trace.ChunkCount;
        var random = new Random(1);
        for (uint stream = 1; stream <= streams; stream++)
        {
            var thread = (Version2StreamBuilder)trace.Thread(stream, managedId: stream);
            ulong ticks = 1_000 * stream;
            for (int i = 0; i < Events / 15; i++)
            {
                long owner = random.Next(3) == 0 ? random.NextInt64(1, 1L << 39) : random.Next(1, 5);
                // Now and then longer than what a call need not state.
                ticks += (ulong)random.Next(i % 50 == 0 ? 3_000_000 : 1_000);
                thread.Run(Sample.Increment, ticks, random.Next(70_000), 0, Value.Object(owner, Sample.CounterType));
                thread.Update(Sample.ValueStore, owner, Value.Int(i), Value.Int(i + 1));
                thread.Narrow(StoreCode.Int64In16Bits, Sample.TotalStore, random.Next(2) * (owner + 1), [1, 0], [0xFE, 0xFF]);
                thread.UpdateAtLine(Sample.NameStore, 7, 11, Value.Object(7, 1), Value.Text("now"));
                thread.Length(Sample.ItemsLength, owner, i % 2, (i + 1) % 2, Sample.ListType);
                if (i % 100 == 0)
                    thread.Await(Sample.Increment, ticks + 5, 0, 15).Resume(Sample.Increment, ticks + 6, 0, 15);
                thread.End(Sample.Increment, ticks + 10, 0, Value.Object(owner, Sample.CounterType), failed: i % 7 == 0);
                if (i == Events / 20)
                    thread.EventsLost(5).Rank(3).OtherThread(stream + 10, ticks + 20, 9);
            }

            trace.Written(thread);
        }

        return trace;
    }

    private static IReadOnlyDictionary<string, int> AssertSame(byte[] trace, bool damaged = false)
    {
        using var folder = new TemporaryDirectory();
        File.WriteAllBytes(folder["trace.objtrace"], trace);
        return PythonComparison.AssertSame(folder["trace.objtrace"], damaged);
    }
}
