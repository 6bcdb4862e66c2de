using System.Collections.Generic;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>The work, woven by AspectInjector: it sees methods and properties only, so the list has a method of its own.</summary>
internal sealed class AspectAdder
{
    private readonly List<int> _items = [];

    /// <summary>Where the aspects, which are static, write to.</summary>
    public static LineLog? Log { get; set; }

    [LoggedStore]
    private int Total { get; set; }

    /// <summary>Adds numbers.</summary>
    public void Work(int count)
    {
        for (int i = 0; i < count; i++)
            Add(i);
    }

    [LoggedCall]
    private int Add(int number)
    {
        Total += number;
        Append(number);
        if (_items.Count == 10)
            _items.Clear();
        return Total;
    }

    [LoggedAppend]
    private int Append(int number)
    {
        _items.Add(number);
        return _items.Count;
    }
}
