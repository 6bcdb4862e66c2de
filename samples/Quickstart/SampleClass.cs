using System;
using System.Collections.Generic;

namespace Quickstart;

/// <summary>Something that changes.</summary>
internal sealed class SampleClass
{
    private static int _created;

    private readonly List<int> _history = [];

    public SampleClass(int value)
    {
        Value = value;
        _created++;
    }

    public int Value { get; private set; }

    public void Increment()
    {
        Value++;
        _history.Add(Value);
    }

    public void Decrement()
    {
        Value--;
        _history.RemoveAt(_history.Count - 1);
    }

    public void RequireAtLeast(int minimum)
    {
        if (Value < minimum)
            throw new InvalidOperationException($"{Value} is less than {minimum}");
    }
}
