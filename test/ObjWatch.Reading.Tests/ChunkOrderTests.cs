using System;
using System.Collections.Generic;
using System.Linq;
using CsCheck;
using NUnit.Framework;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>A thread's chunks are read by their numbers, wherever in the file they lie: in a ring that has turned, and in a file that was
/// put together again.</summary>
[TestFixture]
internal sealed class ChunkOrderTests
{
    private const int Chunks = 20;

    [Test]
    public void Chunks_are_read_by_their_numbers()
    {
        TraceBuilder trace = Sample.Trace();
        int definitions = trace.ChunkCount;
        StreamBuilder thread = trace.Thread(1);
        for (int i = 0; i < Chunks; i++)
        {
            thread.NextChunk();
            thread.Update(Sample.ValueStore, 1, Value.Int(i), Value.Int(i + 1));
        }

        byte[] inOrder = trace.Build();
        string[] expected = Rendered.From(inOrder).Lines;
        int count = trace.ChunkCount - definitions;
        // Also nearly in order, as several threads leave them.
        Gen<int[]> orders =
            Gen.OneOf(Gen.Shuffle(Enumerable.Range(0, count).ToArray()),
                Gen.Int[0, count - 2].Array[1, 5].Select(swaps => Swapped(count, swaps)));
        orders.Sample(
            order =>
            {
                if (!Rendered.From(Reordered(inOrder, definitions, order)).Lines.SequenceEqual(expected))
                    throw new InvalidOperationException("wrong order");
            },
            iter: 100, threads: 1);
    }

    private static int[] Swapped(int count, IEnumerable<int> swaps)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        foreach (int place in swaps)
            (order[place], order[place + 1]) = (order[place + 1], order[place]);
        return order;
    }

    private static byte[] Reordered(byte[] trace, int first, int[] order)
    {
        var reordered = (byte[])trace.Clone();
        for (int i = 0; i < order.Length; i++)
            Place(trace, first + order[i]).CopyTo(Place(reordered, first + i));
        return reordered;
    }

    private static Span<byte> Place(byte[] trace, int chunk) =>
        trace.AsSpan(TraceFormat.HeaderSize + chunk * TraceFormat.ChunkSize, TraceFormat.ChunkSize);
}
