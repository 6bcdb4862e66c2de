// Iterators: laziness, finally in them, early disposal, generic and nested ones, struct enumerators, hand-written patterns.
using System;
using System.Collections;
using System.Collections.Generic;
using System.Linq;

namespace Subjects.Iterators;

internal sealed class Tree<T> : IEnumerable<T>
    where T : IComparable<T>
{
    private Tree<T>? _left;
    private Tree<T>? _right;
    private T _value;
    private int _count = 1;

    public Tree(T value) => _value = value;

    public int Count => _count;

    public void Add(T value)
    {
        _count++;
        ref Tree<T>? side = ref value.CompareTo(_value) < 0 ? ref _left : ref _right;
        if (side is null)
            side = new Tree<T>(value);
        else
            side.Add(value);
    }

    public IEnumerator<T> GetEnumerator()
    {
        foreach (T value in _left ?? Enumerable.Empty<T>())
            yield return value;
        yield return _value;
        if (_right is null)
            yield break;
        foreach (T value in _right)
            yield return value;
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
}

internal readonly struct Countdown(int from)
{
    public Enumerator GetEnumerator() => new(from);

    internal struct Enumerator(int current)
    {
        private int _current = current + 1;

        public readonly int Current => _current;

        public bool MoveNext() => --_current > 0;
    }
}

internal static class Program
{
    private static int s_active;

    private static IEnumerable<int> Numbers(int to, List<string> log)
    {
        s_active++;
        try
        {
            for (int i = 0; i < to; i++)
            {
                log.Add("give" + i);
                yield return i;
            }

            log.Add("all");
        }
        finally
        {
            s_active--;
            log.Add("end");
        }
    }

    private static IEnumerable<(T, T)> Pairs<T>(IEnumerable<T> items)
    {
        using IEnumerator<T> enumerator = items.GetEnumerator();
        while (enumerator.MoveNext())
        {
            T first = enumerator.Current;
            if (!enumerator.MoveNext())
                yield break;
            yield return (first, enumerator.Current);
        }
    }

    private static IEnumerable<int> Checked(int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return Inner();

        IEnumerable<int> Inner()
        {
            int a = 0, b = 1;
            while (count-- > 0)
            {
                yield return a;
                (a, b) = (b, a + b);
            }
        }
    }

    private static IEnumerator<object?> Mixed()
    {
        yield return 1;
        yield return "two";
        yield return null;
        yield return 4.5;
    }

    private static IEnumerable<string> Failing()
    {
        yield return "one";
        throw new InvalidOperationException("in the iterator");
    }

    private static void Main()
    {
        var log = new List<string>();
        IEnumerable<int> lazy = Numbers(5, log);
        Console.WriteLine(log.Count + " " + s_active);
        Console.WriteLine(lazy.Take(2).Sum() + " " + string.Join(" ", log));
        log.Clear();
        foreach (int number in lazy)
        {
            if (number == 3)
                break;
        }

        Console.WriteLine(string.Join(" ", log) + " " + s_active + " " + lazy.Count());
        Console.WriteLine(string.Join(" ", Pairs("abcde")));
        Console.WriteLine(string.Join(" ", Checked(12)));
        try
        {
            Checked(-1);
        }
        catch (ArgumentOutOfRangeException exception)
        {
            Console.WriteLine(exception.ParamName);
        }

        var tree = new Tree<string>("m");
        foreach (string text in "k z a n b y".Split(' '))
            tree.Add(text);
        Console.WriteLine(string.Concat(tree) + tree.Count);
        IEnumerator<object?> mixed = Mixed();
        while (mixed.MoveNext())
            Console.Write($"{mixed.Current ?? "null"} ".Replace(',', '.'));
        Console.WriteLine();
        try
        {
            foreach (string text in Failing())
                Console.Write(text + " ");
        }
        catch (InvalidOperationException exception)
        {
            Console.WriteLine(exception.Message);
        }

        int sum = 0;
        foreach (int number in new Countdown(4))
            sum = (sum * 10) + number;
        Console.WriteLine(sum);
        var query =
            from word in new[] { "delta", "alpha", "charlie", "bravo", "able" }
            let length = word.Length
            where length < 7
            orderby length, word descending
            group word by length into grouped
            select $"{grouped.Key}:{string.Join("/", grouped)}";
        Console.WriteLine(string.Join(" ", query));
    }
}
