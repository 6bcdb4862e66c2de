// Managed references: ref, in, out, ref returns, ref fields, ref structs, scoped, ref readonly, spans.
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;

namespace Subjects.References;

internal ref struct Cursor
{
    private readonly Span<int> _numbers;
    private ref int _current;
    private int _position;

    public Cursor(Span<int> numbers)
    {
        _numbers = numbers;
        _current = ref numbers[0];
    }

    public ref int Current => ref _current;

    public bool Next()
    {
        if (++_position >= _numbers.Length)
            return false;
        _current = ref _numbers[_position];
        return true;
    }

    public readonly void Deconstruct(out int position, out int value)
    {
        position = _position;
        value = _current;
    }

    public void Dispose() => Console.WriteLine($"disposed at {_position}");
}

internal ref struct View<T>
{
    public ref readonly T First;
    public ReadOnlySpan<T> Rest;
    public int Length;

    public View(ReadOnlySpan<T> items)
    {
        First = ref items[0];
        Rest = items[1..];
        Length = items.Length;
    }
}

internal sealed class Table
{
    private readonly int[] _cells = new int[6];
    private int _writes;
    private string _name = "table";

    public ref int this[int row, int column]
    {
        get
        {
            _writes++;
            return ref _cells[(row * 3) + column];
        }
    }

    public ref string Name => ref _name;

    public ref readonly int Writes => ref _writes;

    public ref int Largest()
    {
        ref int best = ref _cells[0];
        for (int i = 1; i < _cells.Length; i++)
        {
            if (_cells[i] > best)
                best = ref _cells[i];
        }

        return ref best;
    }

    public bool TryFind(int value, out int index, [NotNullWhen(true)] out string? description)
    {
        for (index = 0; index < _cells.Length; index++)
        {
            if (_cells[index] == value)
            {
                description = $"{value} at {index}";
                return true;
            }
        }

        description = null;
        return false;
    }

    public override string ToString() => $"{_name}[{string.Join(",", _cells)}] {_writes}";
}

internal static class Program
{
    private static int s_counter;
    private static ref int Counter => ref s_counter;

    private static void Twice(ref int number, in int by, out int before)
    {
        before = number;
        number *= by;
    }

    private static ref int Pick(bool first, ref int left, ref int right)
    {
        if (first)
            return ref left;
        return ref right;
    }

    private static int Total(scoped ReadOnlySpan<int> numbers)
    {
        int total = 0;
        foreach (ref readonly int number in numbers)
            total += number;
        return total;
    }

    private static int Joined(params ReadOnlySpan<string> parts) => string.Concat(parts).Length;

    private static Span<char> Upper(Span<char> text)
    {
        for (int i = 0; i < text.Length; i++)
            text[i] = char.ToUpperInvariant(text[i]);
        return text;
    }

    private static string Describe<T>(scoped T value)
        where T : IShape, allows ref struct => value.Name + value.Area;

    private interface IShape
    {
        string Name { get; }

        int Area { get; }
    }

    private ref struct Square : IShape
    {
        private Span<int> _side;

        public Square(Span<int> side) => _side = side;

        public readonly string Name => "square";

        public int Area
        {
            get
            {
                _side[0]++;
                return _side[0] * _side[0];
            }
        }
    }

    private static int Sum(ref readonly int left, ref readonly int right) => left + right;

    private static void Main()
    {
        var table = new Table();
        table[0, 1] = 5;
        table[1, 2] += 12;
        table.Largest() -= 20;
        table.Name = "renamed";
        ref string name = ref table.Name;
        name += "!";
        Console.WriteLine(table);
        Console.WriteLine(table.TryFind(5, out int index, out string? description) + $" {index} {description} {table.Writes}");
        Console.WriteLine(table.TryFind(77, out _, out description) + $" {description ?? "nothing"}");

        int a = 2, b = 7;
        Twice(ref a, 3, out int before);
        Pick(true, ref a, ref b)++;
        Pick(false, ref a, ref b) = -1;
        Console.WriteLine($"{a} {b} {before} {Sum(ref a, in b)}");
        Counter = 4;
        Counter += Counter;
        Console.WriteLine(s_counter);

        int[] numbers = [1, 2, 3, 4];
        using (var cursor = new Cursor(numbers))
        {
            do
            {
                cursor.Current *= 10;
            }
            while (cursor.Next());
            (int position, int value) = cursor;
            Console.WriteLine($"{position} {value}");
        }

        Console.WriteLine(string.Join(",", numbers) + " " + Total(numbers) + " " + Total([7, 8]));
        var view = new View<string>(["x", "y", "z"]);
        Console.WriteLine($"{view.First} {view.Rest.Length} {view.Length}");
        Console.WriteLine(Joined("a", "bc", "def") + " " + Joined());
        Span<char> text = stackalloc char[4] { 'a', 'b', '1', 'z' };
        Console.WriteLine(Upper(text).ToString());
        Console.WriteLine(Describe(new Square(stackalloc int[] { 3 })));

        List<int> list = [3, 1, 2];
        foreach (ref int item in System.Runtime.InteropServices.CollectionsMarshal.AsSpan(list))
            item = -item;
        Console.WriteLine(string.Join(",", list));
        ref int nothing = ref Unsafe.NullRef<int>();
        Console.WriteLine(Unsafe.IsNullRef(ref nothing));
    }
}
