using System;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Values.Objects;
using ObjWatch.Trace.Format;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>An object keeps its number, no other ever gets it, and being traced keeps no object alive.</summary>
[NonParallelizable]
public sealed class IdentityTests
{
    [Test]
    public void An_object_keeps_its_number_on_every_thread_and_in_later_sessions()
    {
        var instance = new Counter();
        string first = NumberShown(instance);
        string second = NumberShown(instance);
        string elsewhere = "";
        var thread = new Thread(() => elsewhere = NumberShown(instance));
        thread.Start();
        thread.Join();

        Assert.That(second, Is.EqualTo(first));
        Assert.That(elsewhere, Is.EqualTo(first));
        Assert.That(NumberShown(new Counter()), Is.Not.EqualTo(first));
    }

    [Test]
    public void Numbers_given_by_many_threads_at_once_agree()
    {
        object[] instances = Enumerable.Range(0, 1000).Select(_ => new object()).ToArray();
        var seen = new long[4][];
        Thread[] threads = Enumerable.Range(0, seen.Length).Select(i => new Thread(() => seen[i] = Array.ConvertAll(instances, Number)))
            .ToArray();
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.That(seen, Is.All.EqualTo(seen[0]));
        Assert.That(seen[0], Is.Unique);
    }

    [Test]
    public void Objects_keep_their_numbers_while_many_come_and_go()
    {
        object[] kept = Enumerable.Range(0, 20_000).Select(_ => new object()).ToArray();
        long[] numbers = Array.ConvertAll(kept, Number);
        for (int round = 0; round < 5; round++)
        {
            Thread[] threads = Enumerable.Range(0, 2).Select(_ => new Thread(() =>
            {
                for (int i = 0; i < 50_000; i++)
                    Number(new object());
            })).ToArray();
            foreach (Thread thread in threads)
                thread.Start();
            Assert.That(Array.ConvertAll(kept, Number), Is.EqualTo(numbers));
            GC.Collect();
            foreach (Thread thread in threads)
                thread.Join();
        }

        Assert.That(Array.ConvertAll(kept, Number), Is.EqualTo(numbers));
        Assert.That(numbers, Is.Unique);
    }

    [Test]
    public void An_object_keeps_its_number_until_its_finalizer_has_run()
    {
        long number = DropFinalized();
        for (int i = 0; i < 5 && Finalized.LastNumber == 0; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(Finalized.LastNumber, Is.EqualTo(number));
    }

    [Test]
    public void Objects_that_are_gone_are_forgotten()
    {
        int before = ObjectTable.Count;
        const int Many = 100_000;
        int most = Drop(Many);
        for (int i = 0; i < 10 && ObjectTable.Count > before + (Many / 10); i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(most, Is.GreaterThan(Many / 2));
        Assert.That(ObjectTable.Count, Is.LessThan(before + (Many / 10)));
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static int Drop(int count)
    {
        object[] instances = Enumerable.Range(0, count).Select(_ => new object()).ToArray();
        foreach (object instance in instances)
            Number(instance);
        int known = ObjectTable.Count;
        GC.KeepAlive(instances);
        return known;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static long DropFinalized() => Number(new Finalized());

    private sealed class Finalized
    {
        public static long LastNumber { get; private set; }

        ~Finalized() => LastNumber = Number(this);
    }

    [Test]
    public void A_traced_object_can_be_collected()
    {
        using var recording = new Recording();
        WeakReference reference = TraceOne();
        for (int i = 0; i < 5 && reference.IsAlive; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.That(reference.IsAlive, Is.False);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static WeakReference TraceOne()
    {
        var counter = new Counter { Size = 5 };
        counter.Next(3);
        return new WeakReference(counter);
    }

    private static string NumberShown(Counter instance)
    {
        using var recording = new Recording();
        ThreadRecorder recorder = Probe.Attach()!;
        Probe.Update(recorder, WovenSites.Value, instance, 1, 2);
        string line = recording.Stop().Single();
        return line[line.IndexOf('#')..];
    }

    private static long Number(object instance) => TraceFormat.ObjectNumber(ObjectTable.StateOf(instance).Identity);
}
