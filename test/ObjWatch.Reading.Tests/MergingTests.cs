using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using CsCheck;
using NUnit.Framework;

namespace ObjWatch.Reading.Tests;

[TestFixture]
internal sealed class MergingTests
{
    [Test]
    public void A_stream_may_hold_the_events_of_one_thread_after_the_other()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder stream = trace.Thread(1);
        // The first thread ends in a method that is still open: the second begins at the margin all the same.
        stream.Run(Sample.Main, 10, 0, 0).Update(Sample.TotalStore, 0, Value.Int(0), Value.Int(1));
        stream.OtherThread(3, 30, 8).Update(Sample.TotalStore, 0, Value.Int(2), Value.Int(3));
        trace.Thread(2).Run(Sample.Main, 20, 0, 0).Update(Sample.TotalStore, 0, Value.Int(1), Value.Int(2));

        Assert.That(Rendered.From(trace).Lines, Is.EqualTo(new[]
        {
            "   40 run Sample.Program.Main <- ",
            "   16   upd @.Counter.Total 0 -> 1",
            "   40 run Sample.Program.Main <-  [T2]",
            "   16   upd @.Counter.Total 1 -> 2 [T2]",
            "   16 upd @.Counter.Total 2 -> 3 [T3]",
        }));
    }

    [Test]
    public void Many_threads_are_merged_by_time_and_each_keeps_its_order()
    {
        // For each thread: the times of its calls, and after how many calls it takes a new chunk.
        Gen<(int[] Steps, int PerChunk)[]> threads = Gen.Select(Gen.Int[0, 9].Array[0, 40], Gen.Int[1, 20]).Array[1, 12];
        threads.Sample(
            plan =>
            {
                TraceBuilder trace = Sample.Trace();
                var expected = new List<(int Time, int Thread, int Index)>();
                for (int i = 0; i < plan.Length; i++)
                {
                    StreamBuilder thread = trace.Thread((uint)i + 1);
                    int time = 0;
                    for (int call = 0; call < plan[i].Steps.Length; call++)
                    {
                        if (call > 0 && call % plan[i].PerChunk == 0)
                            thread.NextChunk();
                        time += plan[i].Steps[call];
                        thread.Run(Sample.Parse, (ulong)time, time + 1, 0, Value.Int(call))
                            .Update(Sample.TotalStore, 0, Value.Int(call), Value.Int(i + 1));
                        expected.Add((time, i + 1, call));
                    }
                }

                expected.Sort();
                IEnumerable<string> lines = Rendered.From(trace).Lines.Select(line => line.Split(" [T")[0]);
                if (!lines.SequenceEqual(expected.SelectMany(Lines)))
                    throw new InvalidOperationException("wrong order");
            },
            iter: 300, threads: 1);
    }

    [Test]
    public void A_trace_of_many_threads_that_ran_one_after_the_other_is_read_in_their_order()
    {
        TraceBuilder trace = Sample.Trace();
        for (uint i = 300; i >= 1; i--)
            trace.Thread(i, startTicks: 10 * i).Run(Sample.Parse, 10 * i, (int)i, 0, Value.Null);
        Assert.That(Rendered.From(trace).Lines.Select(line => int.Parse(line[..5], CultureInfo.InvariantCulture)),
            Is.EqualTo(Enumerable.Range(1, 300)));
    }

    private static IEnumerable<string> Lines((int Time, int Thread, int Index) call) =>
    [
        FormattableString.Invariant($"{call.Time + 1,5} run Sample.Program.Parse <- 'text':{call.Index}"),
        FormattableString.Invariant($"   16   upd @.Counter.Total {call.Index} -> {call.Thread}"),
    ];
}
