// What hardly anybody writes, and compilers still accept: typed references, variables without a name of their own, code that ends nowhere.
using System;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;
using static Subjects.Obscure.Numbers;

namespace Subjects.Obscure;

public static class Numbers
{
    public const int Seven = 7;
    public static int Twice(int number) => 2 * number;
}

public class Cell
{
    private int _value;
    private string? _text;
    private Half _half;
    private static UInt128 s_wide;

    public int Value => _value;

    public void Set(int value)
    {
        TypedReference reference = __makeref(_value);
        Store(reference, value);
        __refvalue(__makeref(_text), string?) = __reftype(reference).Name + __refvalue(reference, int);
    }

    public string Text() => $"{_text} {_half} {s_wide}";

    public void Grow()
    {
        (_half, s_wide) = ((Half)1.5, s_wide + UInt128.One);
        _value = (_value, _value + 1) switch { (0, _) => 1, var (_, next) when next > 100 => 100, (_, var next) => next };
    }

    private static void Store(TypedReference target, int value) => __refvalue(target, int) = value;

    [DoesNotReturn]
    public int Never()
    {
        while (true)
        {
            _value++;
            if (_value > 1000)
                throw new NotSupportedException("never");
        }
    }

    [SkipLocalsInit]
    public unsafe int Uninitialised()
    {
        byte* bytes = stackalloc byte[16];
        bytes[3] = (byte)_value;
        _value = bytes[3] + sizeof(Cell*);
        return _value;
    }

    public int this[Index index, params int[] more] { get => index.GetOffset(10) + more.Length; set => _value = value + index.GetOffset(10) + more.Length; }
}

public ref struct Cursor(ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;
    private int _at;
    public byte Current => _bytes[_at - 1];
    public bool MoveNext() => _at++ < _bytes.Length;
    public readonly Cursor GetEnumerator() => this;
}

internal static class Program
{
    private static int _sum;

    private static void Main()
    {
        var cell = new Cell();
        cell.Set(Twice(Seven));
        cell.Grow();
        cell[^2, 1, 2, 3] += 5;
        Console.WriteLine($"{cell.Value} {cell.Text()} {cell[^1]}");
        foreach (byte b in new Cursor("abc"u8))
            _sum += b;
        Console.WriteLine(_sum);
        try { cell.Never(); }
        catch (NotSupportedException e) { Console.WriteLine(e.Message + cell.Value); }
        Console.WriteLine(cell.Uninitialised());
        (int a, (_, var c)) = (1, (2, new StringBuilder("x")));
        object o = a;
        Console.WriteLine(o is int and not 0 and var same ? same + c.Append('y').ToString() : "none");
        unchecked { _sum *= int.MaxValue; }
        Console.WriteLine(_sum);
    }
}
