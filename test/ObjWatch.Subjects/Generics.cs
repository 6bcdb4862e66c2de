// Generic types and methods: stores to fields whose type is a type parameter, statics per instantiation, deep nesting, constraints.
using System;
using System.Collections.Generic;
using System.Numerics;

namespace Subjects.Generics;

internal interface IMeasure<TSelf>
    where TSelf : IMeasure<TSelf>
{
    int Size { get; }

    TSelf Larger(TSelf other);
}

internal struct Length : IMeasure<Length>, IEquatable<Length>
{
    private int _value;

    public Length(int value) => _value = value;

    public int Size => _value;

    public Length Larger(Length other) => other._value > _value ? other : this;

    public void Grow() => _value++;

    public bool Equals(Length other) => _value == other._value;

    public override string ToString() => $"L{_value}";
}

internal sealed class Weight : IMeasure<Weight>
{
    private readonly int _value;

    public Weight(int value) => _value = value;

    public int Size => _value;

    public Weight Larger(Weight other) => other._value > _value ? other : this;

    public override string ToString() => $"W{_value}";
}

internal class Box<T>
{
    public static int Created;
    public static T? Last;
    private T _value;

    public Box(T value)
    {
        _value = value;
        Created++;
        Last = value;
    }

    public T Value
    {
        get => _value;
        set
        {
            T old = _value;
            _value = value;
            Changed?.Invoke(old, value);
        }
    }

    public event Action<T, T>? Changed;

    public ref T Reference => ref _value;

    public TResult Map<TResult>(Func<T, TResult> map) => map(_value);

    public Box<(T First, TOther Second)> Zip<TOther>(Box<TOther> other) => new((_value, other._value));

    public override string ToString() => $"Box({_value})";
}

internal sealed class Pair<TFirst, TSecond> : Box<TFirst>
    where TSecond : notnull
{
    public TSecond Second;

    public Pair(TFirst first, TSecond second)
        : base(first)
    {
        Second = second;
    }

    public void Replace(TFirst first, TSecond second)
    {
        Value = first;
        Second = second;
    }
}

internal static class Outer<A>
{
    public static A? First;

    internal class Two<B>
    {
        internal class Three<C>
        {
            public static C? Shared;

            internal struct Four<D>
            {
                public D? Fourth;

                internal class Five<E>
                {
                    private readonly Dictionary<string, (A, B, C, D, E)> _all = new();
                    public E? Fifth;

                    public string Fill<F>(A a, B b, C c, D d, E e, F f)
                    {
                        First = a;
                        Shared = c;
                        Fifth = e;
                        _all[$"{f}"] = (a, b, c, d, e);
                        foreach ((string key, (A, B, C, D, E) value) in _all)
                            return key + "=" + value;
                        return "";
                    }
                }
            }
        }
    }
}

internal static class Methods
{
    public static T Largest<T>(params T[] items)
        where T : IMeasure<T>
    {
        T best = items[0];
        foreach (T item in items)
            best = best.Larger(item);
        return best;
    }

    public static T Sum<T>(ReadOnlySpan<T> items)
        where T : INumber<T>
    {
        T sum = T.Zero;
        foreach (T item in items)
            sum += item;
        return sum;
    }

    public static bool Same<T>(T left, T right)
        where T : IEquatable<T> => left.Equals(right);

    public static T Make<T>()
        where T : new() => new();

    public static void Swap<T>(ref T left, ref T right) => (left, right) = (right, left);

    public static T? Default<T>() => default;

    public static string Kind<T>(T value) => value switch
    {
        null => "null",
        int number => "int " + number,
        string text => "string " + text,
        IEnumerable<T> => "self-enumerable",
        _ => typeof(T).Name,
    };

    public static IEnumerable<T> Repeat<T>(T value, int count)
        where T : struct
    {
        for (int i = 0; i < count; i++)
            yield return value;
    }

    public static unsafe int SizeOf<T>()
        where T : unmanaged => sizeof(T);
}

internal static class Program
{
    private static void Main()
    {
        var number = new Box<int>(3);
        var text = new Box<string>("a");
        number.Changed += (old, value) => Console.WriteLine($"changed {old} to {value}");
        number.Value = 4;
        number.Reference = 9;
        text.Value = "b";
        Console.WriteLine($"{number} {text} {number.Map(value => value * 1.5)} {number.Zip(text)}");
        Console.WriteLine($"{Box<int>.Created} {Box<string>.Created} {Box<int>.Last} {Box<string>.Last} {Box<(int, string)>.Last}");

        var pair = new Pair<Length, string>(new Length(1), "one");
        pair.Replace(new Length(2), "two");
        pair.Reference.Grow();
        Console.WriteLine($"{pair.Value} {pair.Second} {pair.Value.Size}");

        Console.WriteLine(Methods.Largest(new Length(3), new Length(8), new Length(5)));
        Console.WriteLine(Methods.Largest(new Weight(3), new Weight(2)));
        Console.WriteLine(Methods.Sum<int>([1, 2, 3]) + " " + Methods.Sum<double>([0.5, 0.25]) + " " + Methods.Sum<BigInteger>([1, 2]));
        Console.WriteLine(Methods.Same(new Length(1), new Length(1)) + " " + Methods.Same("x", "y"));
        Console.WriteLine(Methods.Make<List<int>>().Count + " " + Methods.Make<Length>());
        (string left, string right) = ("l", "r");
        Methods.Swap(ref left, ref right);
        Console.WriteLine(left + right + Methods.Default<int>() + (Methods.Default<string>() ?? "null"));
        Console.WriteLine($"{Methods.Kind(1)} {Methods.Kind("s")} {Methods.Kind<object?>(null)} {Methods.Kind(2.5)}");
        Console.WriteLine(string.Join(",", Methods.Repeat((byte)7, 3)) + " " + Methods.SizeOf<Guid>());

        var five = new Outer<int>.Two<string>.Three<double>.Four<char>.Five<Length>();
        Console.WriteLine(five.Fill(1, "b", 2.5, 'd', new Length(5), DayOfWeek.Friday));
        Console.WriteLine($"{Outer<int>.First} {Outer<int>.Two<string>.Three<double>.Shared} {five.Fifth}");
        Outer<string>.Two<int>.Three<object>.Four<long> four = default;
        four.Fourth = 4;
        four.Fourth += 38;
        Console.WriteLine(four.Fourth);
    }
}
