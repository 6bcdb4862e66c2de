using System;
using System.Collections.Generic;
using System.Linq;

class Tree<T>
{
    readonly List<T> _seen = new();
    readonly T[] _items;
    int _given;

    public Tree(params T[] items) => _items = items;

    public IEnumerable<T> Items(string why, int unused)
    {
        try
        {
            foreach (T item in _items)
            {
                _seen.Add(item);
                yield return item;
                _given++;
            }
        }
        finally
        {
            Note(why);
            _given = -1;
        }
    }

    void Note(string what) => Console.WriteLine(what);
}

static class Program
{
    static int s_last;

    static IEnumerator<int> Count(int to)
    {
        for (int i = 1; i <= to; i++)
        {
            s_last = i;
            yield return i;
        }
    }

    static IEnumerable<int> Failing()
    {
        yield return 1;
        throw new InvalidOperationException("no more");
    }

    static IEnumerable<int> Nested(int levels)
    {
        if (levels > 0)
        {
            foreach (int inner in Nested(levels - 1))
                yield return inner;
        }

        yield return levels;
    }

    static void Main()
    {
        var tree = new Tree<string>("a", "b", "c");
        foreach (string item in tree.Items("all", 1))
            Console.WriteLine(item);
        foreach (string item in tree.Items("some", 2))
        {
            if (item == "b")
                break;
        }

        tree.Items("never", 3);
        Console.WriteLine(tree.Items("query", 4).Take(1).Single());
        IEnumerator<int> count = Count(2);
        while (count.MoveNext())
            Console.WriteLine(count.Current);
        count.MoveNext();
        try
        {
            foreach (int i in Failing())
                Console.WriteLine(i);
        }
        catch (InvalidOperationException e)
        {
            Console.WriteLine(e.Message);
        }

        Console.WriteLine(Nested(2).Sum());
        foreach (int even in Evens())
            Console.WriteLine(even);

        IEnumerable<int> Evens()
        {
            yield return 2;
            yield return 4;
        }
    }
}
