// State that changes behind the stores: through references, Interlocked, other objects' methods, captured variables, nested objects.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;

namespace Subjects.Shared;

internal sealed class Bank
{
    public int Balance;
    public string? Owner;
    public object Gate = new();
    public Bank? Partner;
    public (int Left, int Right) Sides;
    private int _locked;
    private static long s_total;
    private readonly List<string> _entries = new(2);
    private readonly Dictionary<string, List<int>> _byName = new();
    private int[] _slots = [0, 0, 0];

    public void Transfer(Bank other, int amount)
    {
        Balance -= amount;
        other.Balance += amount;
        other.Owner ??= Owner;
        (other.Partner, Partner) = (this, other);
        (Balance, other.Balance) = (other.Balance, Balance);
        Sides.Left++;
        other.Sides = Sides with { Right = amount };
        other._entries.Add($"from {Owner}");
        Partner.Partner!.Partner!.Balance++;
    }

    public int Atomic()
    {
        Interlocked.Increment(ref Balance);
        Interlocked.CompareExchange(ref _locked, 1, 0);
        Interlocked.Exchange(ref Owner, "exchanged");
        Interlocked.Add(ref s_total, Balance);
        Set(ref _slots[1], 7);
        Set(ref Sides.Right, 9);
        Set(ref s_total, s_total * 2);
        Unsafe.AsRef(in _locked) += 5;
        return _locked;
    }

    private static void Set<T>(ref T place, T value) => place = value;

    public void Record(string name, int number)
    {
        if (!_byName.TryGetValue(name, out List<int>? numbers))
            _byName[name] = numbers = [];
        numbers.Add(number);
        _entries.Add(name);
        if (_entries.Count > 3)
            _entries.RemoveRange(0, 2);
        if (number == 0)
        {
            _byName.Clear();
            _entries.Clear();
        }
        Array.Resize(ref _slots, _slots.Length + 1);
        _slots[^1] = _slots[^2]++ + number;
    }

    public override string ToString() =>
        $"{Balance} {Owner} {Sides} {_locked} {s_total} {string.Join("/", _entries)} {_byName.Count} {string.Join("", _slots)}";
}

internal static class Program
{
    [ThreadStatic]
    private static int t_value;
    private static int s_order;

    private static int Next() => ++s_order;

    private static Bank Pick(Bank bank)
    {
        s_order += 10;
        return bank;
    }

    private static void Main()
    {
        var first = new Bank { Balance = 100, Owner = "first" };
        var second = new Bank { Balance = 5 };
        first.Transfer(second, 30);
        second.Transfer(first, 1);
        Console.WriteLine($"{first} | {second}");
        Console.WriteLine(first.Atomic() + " " + first.Atomic() + " " + first);
        foreach ((string name, int number) in new[] { ("a", 1), ("b", 2), ("a", 3), ("c", 0), ("d", 4) })
            second.Record(name, number);
        Console.WriteLine(second);

        // The order in which the parts of a store are evaluated.
        Pick(first).Balance = Next() * 1000;
        Pick(first).Balance += Next();
        Pick(second).Sides = (Next(), Next());
        int kept = Pick(first).Balance = Next();
        string? text = Pick(second).Owner = null;
        Console.WriteLine($"{first.Balance} {second.Sides} {kept} {s_order} {text ?? "null"}");
        t_value += 5;
        var thread = new Thread(() => t_value++);
        thread.Start();
        thread.Join();
        Console.WriteLine(t_value);
        Bank? missing = s_order < 0 ? first : null;
        try
        {
            missing!.Balance = Next();
        }
        catch (NullReferenceException)
        {
            Console.WriteLine("no object " + s_order);
        }

        try
        {
            missing!.Sides.Left = Next();
        }
        catch (NullReferenceException)
        {
            Console.WriteLine("no object " + s_order);
        }
    }
}
