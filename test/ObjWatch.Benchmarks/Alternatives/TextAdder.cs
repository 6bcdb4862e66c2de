using System.Collections.Generic;

namespace ObjWatch.Benchmarks.Alternatives;

/// <summary>The work, with lines written by hand.</summary>
internal sealed class TextAdder(LineLog log)
{
    private readonly List<int> _items = [];
    private int _total;

    /// <summary>Adds numbers.</summary>
    public void Work(int count)
    {
        for (int i = 0; i < count; i++)
            Add(i);
    }

    private int Add(int number)
    {
        log.Run("Adder.Add", number);
        int before = _total;
        _total += number;
        log.Change("upd ", "Adder._total", before, _total);
        _items.Add(number);
        log.Change("apd ", "Adder._items", _items.Count - 1, _items.Count);
        if (_items.Count == 10)
            _items.Clear();
        log.End("Adder.Add", _total);
        return _total;
    }
}
