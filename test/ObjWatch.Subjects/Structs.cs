// Structs: mutation through `this`, copies, read-only structs, large ones, explicit layout, fixed buffers, inline arrays.
using System;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Subjects.Structs;

internal struct Counter
{
    public int Count;
    private string? _name;

    public Counter(string name)
        : this()
    {
        _name = name;
        Count = 1;
    }

    public void Increment() => Count++;

    public Counter Incremented()
    {
        Counter copy = this;
        copy.Count++;
        this._name += "'";
        return copy;
    }

    public void Reset() => this = new Counter("reset");

    public override readonly string ToString() => $"{_name}:{Count}";
}

internal readonly struct Point
{
    public readonly double X;
    public readonly double Y;

    public Point(double x, double y) => (X, Y) = (x, y);

    public Point Moved(in Point by) => new(X + by.X, Y + by.Y);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"({X};{Y})");
}

internal struct Wide
{
    public long A, B, C, D, E, F, G, H;
    public decimal I;
    public string? J;
    public Point K;

    public long Sum() => A + B + C + D + E + F + G + H + (long)I + (J?.Length ?? 0) + (long)(K.X + K.Y);

    public Wide Shifted()
    {
        Wide result = this;
        (result.A, result.B, result.C, result.D) = (B, C, D, E);
        result.J = J + "!";
        result.I = I + 0.5m;
        return result;
    }
}

[StructLayout(LayoutKind.Explicit)]
internal struct Overlay
{
    [FieldOffset(0)]
    public uint Whole;

    [FieldOffset(0)]
    public byte Low;

    [FieldOffset(3)]
    public byte High;

    [FieldOffset(4)]
    public float Single;

    [FieldOffset(4)]
    public int Bits;

    public void Set(uint whole, float single)
    {
        Whole = whole;
        Single = single;
    }
}

[StructLayout(LayoutKind.Sequential, Pack = 1)]
internal struct Packed
{
    public byte First;
    public long Second;
    public short Third;
}

internal unsafe struct Buffered
{
    public fixed int Numbers[8];
    public int Used;

    public void Add(int number)
    {
        Numbers[Used] = number;
        Used++;
    }

    public int Sum()
    {
        int sum = 0;
        for (int i = 0; i < Used; i++)
            sum += Numbers[i];
        return sum;
    }
}

[InlineArray(5)]
internal struct Five
{
    private int _element;
}

internal sealed class Holder
{
    public Counter Counter;
    public Wide Wide;
    public Five Five;
    public Overlay Overlay;
    public Buffered Buffered;
    public readonly Counter Fixed = new("fixed");
    public static Counter Shared = new("shared");
    public Counter? Maybe;
    public Counter[] Many = new Counter[3];
}

internal static class Program
{
    private static Wide Fill(Wide wide, long seed)
    {
        wide.A = seed;
        wide.B = seed * 2;
        wide.C = seed * 3;
        (wide.E, wide.F, wide.G, wide.H) = (5, 6, 7, -seed);
        wide.I = 1.25m * seed;
        wide.J = new string('j', (int)seed);
        wide.K = new Point(seed, 0.5);
        return wide;
    }

    private static unsafe void Main()
    {
        var holder = new Holder();
        holder.Counter.Increment();
        holder.Counter.Count += 4;
        holder.Counter = new Counter("assigned");
        Counter copy = holder.Counter.Incremented();
        Console.WriteLine($"{holder.Counter} {copy}");
        holder.Counter.Reset();
        holder.Fixed.Increment();
        Holder.Shared.Increment();
        Holder.Shared.Count *= 10;
        Console.WriteLine($"{holder.Counter} {holder.Fixed} {Holder.Shared}");
        holder.Maybe = holder.Counter;
        holder.Maybe = holder.Maybe.Value.Incremented();
        Console.WriteLine($"{holder.Maybe} {holder.Maybe.HasValue}");
        holder.Maybe = null;
        Console.WriteLine($"{holder.Maybe?.Count.ToString(CultureInfo.InvariantCulture) ?? "none"}");
        holder.Many[1].Count = 7;
        holder.Many[1].Increment();
        ref Counter element = ref holder.Many[2];
        element = new Counter("element");
        element.Count--;
        Console.WriteLine(string.Join(" ", holder.Many));

        holder.Wide = Fill(holder.Wide, 3);
        holder.Wide.K = holder.Wide.K.Moved(new Point(1, 1));
        Console.WriteLine($"{holder.Wide.Sum()} {holder.Wide.Shifted().Sum()} {holder.Wide.Shifted().J} {holder.Wide.K}");

        holder.Overlay.Set(0x12345678, 1.5f);
        Console.WriteLine($"{holder.Overlay.Low:x} {holder.Overlay.High:x} {holder.Overlay.Bits:x}");
        holder.Overlay.High = 0xff;
        holder.Overlay.Bits = 0x40490fdb;
        Console.WriteLine($"{holder.Overlay.Whole:x} {holder.Overlay.Single.ToString(CultureInfo.InvariantCulture)}");

        Packed packed = default;
        packed.Second = 1L << 40;
        packed.Third = -2;
        packed.First = 255;
        Console.WriteLine($"{packed.First} {packed.Second} {packed.Third} {sizeof(Packed)}");

        for (int i = 1; i <= 8; i++)
            holder.Buffered.Add(i * i);
        Console.WriteLine($"{holder.Buffered.Used} {holder.Buffered.Sum()}");

        for (int i = 0; i < 5; i++)
            holder.Five[i] = i + 10;
        holder.Five[^1] = 99;
        Span<int> middle = holder.Five[1..4];
        middle[0] *= 2;
        Console.WriteLine(string.Join(",", ((ReadOnlySpan<int>)holder.Five).ToArray()));

        object boxed = holder.Counter;
        ((Counter)boxed).Increment();
        Console.WriteLine($"{boxed} {holder.Counter}");
    }
}
