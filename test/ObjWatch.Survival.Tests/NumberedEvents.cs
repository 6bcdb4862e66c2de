using System;
using System.Collections.Generic;

namespace ObjWatch.Survival.Tests;

/// <summary>The stores of one thread, which stored 1, 2, 3 and so on. Notes whatever is missing.</summary>
internal sealed class NumberedEvents
{
    private bool _beginsAnywhere;
    private long _lostHere;

    /// <param name="beginsAnywhere">Whether the first ones may be missing.</param>
    public NumberedEvents(bool beginsAnywhere) => _beginsAnywhere = beginsAnywhere;

    /// <summary>The first number found.</summary>
    public int First { get; private set; }

    /// <summary>The last number found, or said to be lost.</summary>
    public long Last { get; private set; }

    /// <summary>How many were found.</summary>
    public long Count { get; private set; }

    /// <summary>How many the trace says are missing.</summary>
    public long Lost { get; private set; }

    /// <summary>Where numbers are missing without a word.</summary>
    public List<string> Gaps { get; } = [];

    /// <summary>A store was found.</summary>
    public void Add(int before, int after)
    {
        if (_beginsAnywhere && Count == 0)
            Last = before;
        if (before != after - 1 || after != Last + 1)
            Gaps.Add($"{before} -> {after} follows {Last} ({_lostHere} lost)");
        if (Count == 0)
            First = after;
        Last = after;
        Count++;
        _lostHere = 0;
    }

    /// <summary>So many are missing here, as the trace says.</summary>
    public void Lose(long count)
    {
        Lost += count;
        Last += count;
        _lostHere = count;
    }

    /// <summary>A piece of a ring was used again before it was read: what follows may begin anywhere.</summary>
    public void BeginAnywhere()
    {
        _beginsAnywhere = true;
        Count = 0;
    }
}
