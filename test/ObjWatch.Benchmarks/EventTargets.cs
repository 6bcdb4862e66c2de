using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Benchmarks.Alternatives;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>What recording one event costs the thread that raises it.</summary>
internal static class EventTargets
{
    private const double NanosecondsPerMillisecond = 1e6;
    private const int Burst = 2_000;
    private const int Lasting = 500_000;

    /// <summary>Measures bursts, which the recorder has room for, in processor time, and a load that lasts, which waits for the disk, on
    /// the clock.</summary>
    public static IEnumerable<TargetRow> Measure()
    {
        using var hot = new HotCode();
        using var comparisons = new Comparisons();
        using var directory = new TemporaryDirectory();
        using var log = new LineLog(directory["hand.log"]);
        using var fullLog = new LineLog(directory["full.log"], full: true);
        var byHand = new TextAdder(log);
        var byHandInFull = new TextAdder(fullLog);
        Action<int>[] actions =
        [
            hot.Store, comparisons.StoreBytes, count => hot.Call(count), count =>
                Comparisons.TwoTimestamps(count), comparisons.WriteLine, hot.Add, byHand.Work,
            byHandInFull.Work,
        ];
        var plain = new PlainWrites(Path.GetDirectoryName(hot.TracePath)!);
        long[] sizes = [.. new[] { actions[0], actions[2], actions[5] }.Select(action => SizeOf(hot, action))];
        Action[] writes = [.. sizes.Select(bytes => (Action)(() => plain.Write(bytes)))];
        var rows = new List<TargetRow>();
        using (hot.Trace())
        {
            Rounds.WarmUp(() => Array.ForEach(actions, action => action(Burst)));
            rows.AddRange(
                Rows("in bursts",
                    Rounds.Medians(301, [.. actions.Select(action => (Func<double>)(() => ThreadClock.Measure(action, Burst)))])));
            double[] lasting = [.. Rounds.Medians(9, [.. actions.Select(action => (Action)(() => action(Lasting))), .. writes])
                .Select(milliseconds => milliseconds * NanosecondsPerMillisecond / Lasting)];
            rows.AddRange(Rows("sustained", lasting));
            rows.AddRange(DiskRows(lasting, lasting[actions.Length..]));
        }

        return rows;
    }

    /// <summary>The bytes of a trace of these events.</summary>
    private static long SizeOf(HotCode hot, Action<int> action)
    {
        using (hot.Trace())
            action(Lasting);
        return new FileInfo(hot.TracePath).Length;
    }

    private static IEnumerable<TargetRow> Rows(string how, double[] times) =>
    [
        new TargetRow($"upd of an int field, {how}", times[0], "store of 32 bytes", times[1], "ns", 4),
        new TargetRow($"run and end of int M(int), {how}", times[2], "two Stopwatch.GetTimestamp", times[3], "ns", 1.6),
        new TargetRow($"one upd, {how}", times[0], "StreamWriter line under a lock", times[4], "ns", 0.25),
        new TargetRow($"one event of Add(int), {how}", times[5] / 4, "hand-written line that says as much", times[7] / 4, "ns", 0.25),
        new TargetRow($"one event of Add(int), {how}", times[5] / 4, "hand-written line without time, line and depth", times[6] / 4, "ns",
            0.25),
    ];

    private static IEnumerable<TargetRow> DiskRows(double[] times, double[] writes) =>
    [
        new TargetRow("upd of an int field, sustained", times[0], PlainWrites.Name, writes[0], "ns", 1.3),
        new TargetRow("run and end of int M(int), sustained", times[2], PlainWrites.Name, writes[1], "ns", 1.3),
        new TargetRow("one event of Add(int), sustained", times[5] / 4, PlainWrites.Name, writes[2] / 4, "ns", 1.3),
    ];
}
