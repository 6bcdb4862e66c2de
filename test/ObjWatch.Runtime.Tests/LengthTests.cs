using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Linq;
using System.Text;
using NUnit.Framework;
using ObjWatch.Recording;
using ObjWatch.Woven;

namespace ObjWatch.Runtime.Tests;

/// <summary>apd and pop: when a collection has grown or shrunk.</summary>
[NonParallelizable]
public sealed class LengthTests
{
    private static readonly TestCaseData[] _collections =
    [
        Case("List<int>", new List<int>(), list => list.Add(1), list => list.Clear()),
        Case("Dictionary<string, int>", new Dictionary<string, int>(), map => map["a"] = 1, map => map.Remove("a")),
        Case("HashSet<int>", new HashSet<int>(), set => set.Add(1), set => set.Clear()),
        Case("Queue<int>", new Queue<int>(), queue => queue.Enqueue(1), queue => queue.Dequeue()),
        Case("Stack<int>", new Stack<int>(), stack => stack.Push(1), stack => stack.Pop()),
        Case("LinkedList<int>", new LinkedList<int>(), list => list.AddLast(1), list => list.RemoveLast()),
        Case("SortedSet<int>", new SortedSet<int>(), set => set.Add(1), set => set.Clear()),
        Case("SortedDictionary<int, int>", new SortedDictionary<int, int>(), map => map[1] = 1, map => map.Clear()),
        Case("SortedList<int, int>", new SortedList<int, int>(), map => map[1] = 1, map => map.Clear()),
        Case("ObservableCollection<int>", new ObservableCollection<int>(), list => list.Add(1), list => list.Clear()),
        Case("PriorityQueue<int, int>", new PriorityQueue<int, int>(), queue => queue.Enqueue(1, 1), queue => queue.Dequeue()),
        Case("ArrayList", new ArrayList(), list => list.Add(1), list => list.Clear()),
        Case("Hashtable", new Hashtable(), map => map[1] = 1, map => map.Clear()),
        Case("StringBuilder", new StringBuilder(), text => text.Append('a'), text => text.Clear()),
    ];

    private sealed class OwnList : List<int>, ICollection
    {
        int ICollection.Count => throw new InvalidOperationException("user code was run");
    }

    [TestCaseSource(nameof(_collections))]
    public void Growing_and_shrinking_is_reported_after_the_first_look(string type, object collection, Action grow, Action shrink)
    {
        var owner = new object();
        string[] lines = Looks(owner, look =>
        {
            look(collection);
            grow();
            look(collection);
            look(collection);
            shrink();
            look(collection);
        });

        Assert.That(lines.Select(line => line[..line.LastIndexOf(' ')]), Is.EqualTo(new[]
        {
            $"   13 apd Counter.items ({type})(len)0 -> 1", $"   13 pop Counter.items ({type})(len)1 -> 0",
        }));
    }

    [Test]
    public void Another_collection_in_the_same_member_is_looked_at_anew()
    {
        Assert.That(Looks(new object(), look =>
        {
            look(new List<int> { 1 });
            look(new List<int> { 1, 2 });
        }), Is.Empty);
    }

    [Test]
    public void What_is_no_known_collection_is_never_asked()
    {
        Assert.That(Looks(new object(), look =>
        {
            foreach (object? other in new object?[] { null, "text", new int[2], new OwnList(), 5, new object() })
            {
                look(other);
                look(other);
            }
        }), Is.Empty);
    }

    private static string[] Looks(object owner, Action<Action<object?>> looks)
    {
        using var recording = new Recording();
        ThreadRecorder recorder = Probe.Attach()!;
        looks(collection => Probe.Length(recorder, Probe.StateOf(recorder, owner), WovenSites.Items, WovenSites.Items, collection));
        return recording.Stop();
    }

    private static TestCaseData Case<T>(string type, T collection, Action<T> grow, Action<T> shrink)
        where T : notnull =>
        new TestCaseData(type, collection, (Action)(() => grow(collection)), (Action)(() => shrink(collection))).SetArgDisplayNames(type);
}
