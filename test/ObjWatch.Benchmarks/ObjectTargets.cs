using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Runtime.CompilerServices;
using ObjWatch.Recording;
using ObjWatch.State;
using ObjWatch.Values.Objects;
using ObjWatch.Woven;

namespace ObjWatch.Benchmarks;

/// <summary>What it costs to know many objects: above all, how long it makes a collection of the youngest generation.</summary>
internal static class ObjectTargets
{
    private const int Million = 1_000_000;
    private const int PauseCount = 41;
    private const int LookUps = 1000;

    public static IEnumerable<TargetRow> Measure()
    {
        object[] objects = Make(Million);
        double before = Pause();
        foreach (object instance in objects)
            ObjectTable.StateOf(instance);
        Settle();
        double after = Pause();
        GC.KeepAlive(objects);
        yield return new TargetRow("gen0 pause, 1,000,000 live tracked objects", after, "untraced", before, "us", 2);
    }

    /// <summary>Prints what the two kinds of tables cost that could hold the states of objects.</summary>
    public static int Print(TextWriter output)
    {
        foreach (int count in new[] { 1_000, 10_000, 100_000, Million })
        {
            Report(output, count, "no table", _ => { }, _ => true);
            ReportDependentHandles(output, count);
            ReportWeakHandles(output, count);
        }

        return 0;
    }

    // Each in a method of its own, so that nothing of one is left when the other is measured.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReportDependentHandles(TextWriter output, int count)
    {
        var states = new ConditionalWeakTable<object, ObjectState>();
        Report(output, count, "ConditionalWeakTable", one => states.Add(one, new ObjectState(1)), one => states.TryGetValue(one, out _));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void ReportWeakHandles(TextWriter output, int count)
    {
        var states = new ObjectStates();
        Report(output, count, "weak handles", one => states.FindOrAdd(one, 1), one => states.Find(one) != null);
    }

    private static void Report(TextWriter output, int count, string name, Action<object> add, Func<object, bool> find)
    {
        object[] objects = Make(count);
        double adding = ThreadClock.Measure(
            _ =>
            {
                foreach (object one in objects)
                    add(one);
            },
            count);
        Settle();
        double finding = double.MaxValue;
        for (int round = 0; round < 20; round++)
        {
            finding = Math.Min(finding, ThreadClock.Measure(
                times =>
                {
                    for (int i = 0; i < times; i++)
                        find(objects[i % LookUps]);
                },
                100 * LookUps));
        }

        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count,9} objects, {name,-20}  add {adding,6:F0} ns  find {finding,6:F1} ns  gen0 pause {Pause(),9:F0} us"));
        GC.KeepAlive(objects);
    }

    private static object[] Make(int count)
    {
        var objects = new object[count];
        for (int i = 0; i < count; i++)
            objects[i] = new object();
        Settle();
        return objects;
    }

    private static void Settle()
    {
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }
    }

    /// <summary>The median length in microseconds of a collection of the youngest generation of which one object in ten survives.</summary>
    private static double Pause()
    {
        var pauses = new double[PauseCount];
        var survivors = new byte[2_000][];
        for (int i = 0; i < PauseCount; i++)
        {
            for (int k = 0; k < 20_000; k++)
                survivors[k % survivors.Length] = new byte[24];
            long start = Stopwatch.GetTimestamp();
            GC.Collect(0, GCCollectionMode.Forced, blocking: true);
            pauses[i] = Stopwatch.GetElapsedTime(start).TotalMicroseconds;
            GC.KeepAlive(survivors);
        }

        return Rounds.Median(pauses);
    }
}
