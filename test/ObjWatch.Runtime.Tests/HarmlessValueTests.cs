using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Threading;
using NUnit.Framework;
using ObjWatch.Diagnostics;
using ObjWatch.Recording;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>Cyclic, huge, disposed, half-constructed and concurrently changing objects do no harm, and a value is what it was at the
/// event.</summary>
[NonParallelizable]
public sealed class HarmlessValueTests
{
    private sealed class Node
    {
        public Node? Next { get; set; }
    }

    private struct Holder
    {
        public object? Inner;
    }

    private static IEnumerable<TestCaseData> Odd()
    {
        var list = new List<object>();
        list.Add(list);
        yield return Case("a list in itself", list, "(List<object>)[(List<object>)['... (1 more elements)']]");
        var array = new object[1];
        array[0] = array;
        yield return Case("an array in itself", array, "(object[])[(object[])['... (1 more elements)']]");
        var table = new Hashtable();
        table["me"] = table;
        yield return Case("a table in itself", table, "(Hashtable)[\"me\": (Hashtable)['... (1 more elements)']]");
        var node = new Node();
        node.Next = node;
        yield return Case("a node that follows itself", node, "HarmlessValueTests.Node#");
        object holder = new Holder();
        ((IList)array)[0] = array;
        holder = new Holder { Inner = new Holder { Inner = array } };
        yield return Case("structures in structures", holder, "HarmlessValueTests.Holder { Inner = HarmlessValueTests.Holder {...} }");
        yield return Case("a long string", new string('x', 10_000_000), "\"" + new string('x', 128) + "...\" (10000000 chars)");
        yield return Case("a long array", new byte[50_000_000], "(byte[])[0, 0, 0, '... (49999997 more elements)']");
        yield return Case("a wide table", Enumerable.Range(0, 200_000).ToDictionary(i => i),
            "(Dictionary<int, int>)[0: 0, 1: 1, 2: 2, '... (199997 more elements)']");
        var stream = new MemoryStream();
        stream.Dispose();
        yield return Case("a disposed stream", stream, "MemoryStream#");
        var source = new CancellationTokenSource();
        source.Dispose();
        yield return Case("a disposed source", source, "CancellationTokenSource#");
        yield return Case("a list that nothing has constructed", Unconstructed<List<int>>(), "(List<int>)[]");
        yield return Case("a table that nothing has constructed", Unconstructed<Dictionary<string, int>>(), "(Dictionary<string, int>)[]");
        yield return Case("a sorted table that nothing has constructed", Unconstructed<SortedDictionary<string, int>>(),
            "(SortedDictionary<string, int>)['...']");
        yield return Case("a collection that nothing has constructed", Unconstructed<ObservableCollection<int>>(),
            "(ObservableCollection<int>)['...']");
        yield return Case("a set that nothing has constructed", Unconstructed<SortedSet<int>>(), "(SortedSet<int>)[]");

        static TestCaseData Case(string name, object value, string shown) => new TestCaseData(value, shown).SetArgDisplayNames(name);
        static object Unconstructed<T>() => RuntimeHelpers.GetUninitializedObject(typeof(T));
    }

    [TestCaseSource(nameof(Odd))]
    public void A_value_does_no_harm(object value, string shown)
    {
        long failures = ProbeFailures.Count;
        using var recording = new Recording();
        Call.With(value);
        ThreadRecorder recorder = Probe.Attach()!;
        Probe.UpdateReference(recorder, WovenSites.Anything, null, value, null);
        var counter = new Counter();
        Probe.Length(recorder, Probe.StateOf(recorder, counter), WovenSites.Items, WovenSites.Items, value);
        Probe.Length(recorder, Probe.StateOf(recorder, counter), WovenSites.Items, WovenSites.Items, value);
        string[] lines = recording.Stop();

        Assert.That(lines[0], Does.StartWith("   20 run Tests.Program.Take <- 'value':" + shown));
        Assert.That(lines, Has.Length.EqualTo(3));
        Assert.That(ProbeFailures.Count, Is.EqualTo(failures));
    }

    [Test]
    public void A_value_is_what_it_was_at_the_event()
    {
        using var recording = new Recording();
        var list = new List<int> { 1 };
        char[] letters = ['a'];
        Call.With(list);
        Call.With(letters);
        list[0] = 99;
        letters[0] = 'z';
        string text = string.Concat(recording.Stop());

        Assert.That(text, Does.Contain("(List<int>)[1]").And.Contain("(char[])['a']").And.Not.Contain("99").And.Not.Contain("'z'"));
    }

    [Test]
    public void Collections_that_other_threads_change_do_no_harm()
    {
        long failures = ProbeFailures.Count;
        var list = new List<string>();
        var table = new Dictionary<string, string>();
        var sorted = new SortedDictionary<int, string>();
        var queue = new Queue<object>();
        object[] all = [list, table, sorted, queue];
        using var stop = new CancellationTokenSource();
        // The collections are none that several threads may change: each has its own.
        Thread[] threads = Enumerable.Range(0, 2).Select(half => new Thread(() =>
        {
            for (int i = 0; !stop.IsCancellationRequested; i++)
            {
                string key = "k" + (i % 50);
                if (half == 0)
                {
                    list.Add(key);
                    table[key] = key;
                    if (i % 60 == 59)
                    {
                        list.Clear();
                        table.Clear();
                    }
                }
                else
                {
                    sorted[i % 70] = key;
                    queue.Enqueue(key);
                    if (i % 80 == 79)
                    {
                        sorted.Clear();
                        queue.Clear();
                    }
                }
            }
        })).ToArray();
        foreach (Thread thread in threads)
            thread.Start();
        using var recording = new Recording();
        for (int i = 0; i < 5000; i++)
            Call.With(all[i % all.Length]);
        string[] lines = recording.Stop();
        stop.Cancel();
        foreach (Thread thread in threads)
            thread.Join();

        Assert.That(lines, Has.Length.EqualTo(10_000));
        Assert.That(ProbeFailures.Count, Is.EqualTo(failures));
    }
}
