// State of every kind of value: all primitives, decimal, dates, Guid, enums, nullables, tuples, strings, arrays, delegates, collections.
using System;
using System.Collections.Concurrent;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Globalization;
using System.Linq;
using System.Numerics;

namespace Subjects.Values;

[Flags]
internal enum Rights : ulong
{
    None = 0,
    Read = 1,
    Write = 2,
    All = ulong.MaxValue,
}

internal sealed class Everything
{
    public bool Boolean;
    public byte Byte;
    public sbyte SByte;
    public short Short;
    public ushort UShort;
    public int Int;
    public uint UInt;
    public long Long;
    public ulong ULong;
    public char Char;
    public float Float;
    public double Double;
    public Half Half;
    public decimal Decimal;
    public nint Native;
    public Int128 Wide;
    public UInt128 UWide;
    public BigInteger Big;
    public DateTime DateTime;
    public DateTimeOffset DateTimeOffset;
    public TimeSpan TimeSpan;
    public DateOnly DateOnly;
    public TimeOnly TimeOnly;
    public Guid Guid;
    public Rights Rights;
    public DayOfWeek? Day;
    public int? MaybeInt;
    public (int Number, string Text) Tuple;
    public (int, (long, char), string?)? MaybeTuple;
    public string? Text;
    public object? Object;
    public dynamic? Dynamic;
    public int[]? Array;
    public int[,]? Matrix;
    public string?[][]? Jagged;
    public Type? Type;
    public Action? Action;
    public Complex Complex;
    public Index Index;
    public Range Range;
    public ArraySegment<byte> Segment;
    public Memory<char> Memory;
    public KeyValuePair<string, int> Entry;
    public List<int> List = [];
    public Dictionary<string, int> Dictionary = new();
    public HashSet<char> Set = [];
    public Queue<int> Queue = new();
    public Stack<int> Stack = new();
    public LinkedList<int> Linked = new();
    public SortedDictionary<int, string> Sorted = new();
    public ConcurrentDictionary<int, int> Concurrent = new();
    public ObservableCollection<string> Observable = [];
    public IList<string>? Interface;
    public Everything? Self;

    public void Fill(int seed)
    {
        Boolean = seed > 0;
        Byte = (byte)(seed * 100);
        SByte = (sbyte)(seed * -100);
        Short = (short)(seed * 10_000);
        UShort = (ushort)(seed * 30_000);
        Int = seed * 1_000_000_000;
        UInt = (uint)seed * 2_000_000_000u;
        Long = seed * 5_000_000_000L;
        ULong = ulong.MaxValue - (ulong)seed;
        Char = (char)('A' + seed);
        Float = seed / 3f;
        Double = seed / 7.0;
        Half = (Half)(seed / 2.0);
        Decimal = seed / 9m;
        Native = -seed;
        Wide = Int128.MaxValue / (seed + 1);
        UWide = UInt128.MaxValue - (UInt128)seed;
        Big = BigInteger.Pow(seed + 2, 70);
        DateTime = new DateTime(2024, 2, 29, 12, 0, 0, DateTimeKind.Utc).AddDays(seed);
        DateTimeOffset = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.FromHours(seed));
        TimeSpan = TimeSpan.FromMinutes(seed * 61);
        DateOnly = new DateOnly(2000, 1, 1).AddMonths(seed);
        TimeOnly = new TimeOnly(1, 2, 3).AddHours(seed);
        Guid = new Guid(seed, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10);
        Rights |= seed % 2 == 0 ? Rights.Write : Rights.Read;
        Day = seed == 0 ? null : (DayOfWeek)(seed % 7);
        MaybeInt = MaybeInt is null ? seed : MaybeInt + seed;
        Tuple = (seed, "t" + seed);
        Tuple.Number++;
        MaybeTuple = seed == 1 ? null : (seed, (seed, 'c'), null);
        Text = Text is null ? "quote \" and\nnewline" : new string('z', seed * 100);
        Object = seed % 2 == 0 ? seed : Text;
        Dynamic = seed % 2 == 0 ? "dynamic" : 5;
        Dynamic = Dynamic + 1;
        Array = [seed, seed + 1];
        Array[0] += 5;
        Matrix = new int[2, 2];
        Matrix[1, 0] = seed;
        Jagged = [[null, "x"], []];
        Type = seed == 0 ? typeof(List<>) : typeof(Dictionary<string, int[]>);
        Action = Action is null ? Twice : Action + Twice;
        Complex = new Complex(seed, 1);
        Index = ^seed;
        Range = 1..^seed;
        Segment = new ArraySegment<byte>([1, 2, 3], 1, 2);
        Memory = "memory".ToCharArray();
        Entry = new KeyValuePair<string, int>("k", seed);
        Self = this;
    }

    public void Collect(int seed)
    {
        List.Add(seed);
        List.AddRange([1, 2, 3]);
        List.Remove(2);
        Dictionary["k" + seed] = seed;
        Dictionary.Remove("k0");
        Set.UnionWith("hello");
        Queue.Enqueue(seed);
        Queue.Enqueue(seed + 1);
        Queue.Dequeue();
        Stack.Push(seed);
        Linked.AddFirst(seed);
        Sorted[-seed] = "s";
        Concurrent[seed] = seed;
        Observable.Add("o");
        Interface ??= new List<string>();
        Interface.Add("i");
        if (seed == 2)
            List = [9];
    }

    private void Twice() => Int *= 2;

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Boolean} {Byte} {SByte} {Short} {UShort} {Int} {UInt} {Long} {ULong} {Char} {Float} {Double} {Half} {Decimal} {Native} {Wide} {UWide} {Big} "
        + $"{DateTime:O} {DateTimeOffset:O} {TimeSpan} {DateOnly:O} {TimeOnly:O} {Guid} {Rights} {Day} {MaybeInt} {Tuple} {MaybeTuple} {Text} {Object} {(object?)Dynamic} "
        + $"{Array?[0]} {Matrix?[1, 0]} {Jagged?.Length} {Type} {Complex} {Index} {Range} {Segment.Count} {Memory} {Entry} {Self == this} "
        + $"{string.Join("/", List)} {Dictionary.Count} {string.Concat(Set.Order())} {Queue.Count} {Stack.Count} {Linked.Count} {Sorted.Count} "
        + $"{Concurrent.Count} {Observable.Count} {Interface?.Count}");
}

internal static class Program
{
    private static bool s_flag;
    private static char s_letter = 'x';
    private static readonly bool[] s_flags = new bool[3];
    private static float s_nan;

    private static bool Toggle() => s_flag = !s_flag;

    private static void Main()
    {
        var everything = new Everything();
        for (int i = 0; i < 3; i++)
        {
            everything.Fill(i);
            everything.Collect(i);
            everything.Action?.Invoke();
            Console.WriteLine(everything);
        }

        Console.WriteLine($"{Toggle()} {Toggle()} {s_flag}");
        s_flags[1] |= Toggle();
        s_flags[2] = s_flags[1] & !s_flags[0];
        s_letter++;
        s_letter += (char)1;
        s_nan = float.NaN;
        float copy = s_nan;
        bool same = s_nan == copy;
        s_nan = -0f;
        Console.WriteLine($"{string.Join(",", s_flags)} {s_letter} {same} {1 / s_nan < 0}");
        everything = null!;
        Console.WriteLine(everything?.Text ?? "gone");
    }
}
