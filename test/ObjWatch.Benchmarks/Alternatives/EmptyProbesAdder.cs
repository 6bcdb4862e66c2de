using System.Collections.Generic;
using System.Runtime.CompilerServices;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>The work, with calls that do nothing where the events are: no tracer that calls anything can cost less.</summary>
internal sealed class EmptyProbesAdder
{
    private readonly List<int> _items = [];
    private int _total;

    /// <summary>Adds numbers.</summary>
    public void Work(int count)
    {
        for (int i = 0; i < count; i++)
            Add(i);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private int Add(int number)
    {
        Run(1, this, number);
        Change(2, this, _total, _total + number);
        _total += number;
        _items.Add(number);
        Change(3, this, _items.Count - 1, _items.Count);
        if (_items.Count == 10)
            _items.Clear();
        End(1, _total);
        return _total;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Run(int site, object instance, int argument)
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Change(int site, object instance, int before, int after)
    {
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void End(int site, int result)
    {
    }
}
