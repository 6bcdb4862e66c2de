// Constructors: field initialisers, conditional base arguments, this(...) chains, virtual calls and exceptions in base constructors, statics.
using System;
using System.Collections.Generic;

namespace Subjects.Constructors;

internal static class Log
{
    private static readonly List<string> _lines = [];

    public static T Note<T>(string what, T value)
    {
        _lines.Add($"{what}={value}");
        return value;
    }

    public static void Flush()
    {
        Console.WriteLine(string.Join(" ", _lines));
        _lines.Clear();
    }
}

internal abstract class Base
{
    protected int Number = Log.Note("Base.Number", 1);
    private readonly string _text;

    protected Base(string text, int number = 7)
    {
        _text = text;
        Number += number;
        Describe();
        if (number < 0)
            throw new ArgumentOutOfRangeException(nameof(number), "negative");
    }

    protected Base()
        : this("default")
    {
        Number *= 2;
    }

    protected abstract void Describe();

    public override string ToString() => $"{_text} {Number}";
}

internal class Derived : Base
{
    private readonly string _early = Log.Note("Derived._early", "set before base");
    private readonly List<int> _numbers = [1, 2, 3];
    private string? _late;

    public Derived(bool condition, int number)
        : base(condition ? number > 5 ? "large" : "small" : Log.Note("argument", "off"), condition ? number : -number)
    {
        _late = "after base";
        _numbers.Add(number);
    }

    public Derived(string text)
        : this(text.Length > 3, text.Length)
    {
        _late += " and this";
    }

    public Derived()
    {
        _late = null;
    }

    protected override void Describe() => Log.Note("Describe", $"{_early}/{_late ?? "null"}/{_numbers.Count}/{Number}");

    public override string ToString() => $"{base.ToString()} {_early} {_late ?? "null"} {string.Join("", _numbers)}";
}

internal sealed class Tries : Base
{
    public readonly int Attempts;

    public Tries(string text, out int seen, ref int total, params int[] numbers)
        : base(Parse(text, out int parsed), parsed)
    {
        try
        {
            Attempts = numbers.Length;
            foreach (int number in numbers)
                total += number;
            if (numbers.Length == 0)
                throw new InvalidOperationException("no numbers");
        }
        catch (InvalidOperationException exception) when (text.Length > 0)
        {
            Attempts = -exception.Message.Length;
        }
        finally
        {
            seen = parsed;
        }
    }

    private static string Parse(string text, out int parsed)
    {
        parsed = int.Parse(text, System.Globalization.CultureInfo.InvariantCulture);
        return $"parsed {parsed}";
    }

    protected override void Describe() => Log.Note("Tries", Attempts);
}

internal class Chain
{
    public static int Depth;
    private readonly int _a = ++Depth;
    private readonly int _b;
    private readonly Chain? _parent;

    public Chain(int a, int b, Chain? parent)
    {
        _a += a;
        _b = b;
        _parent = parent;
    }

    public Chain(int a)
        : this(a, a * 2, null)
    {
    }

    public Chain(string text)
        : this(text.Length, 0, new Chain(text.Length))
    {
        if (text.Length == 0)
            return;
        _b = text[0];
    }

    protected Chain(Func<Chain, int> later)
        : this(0) => _b += later(this);

    public override string ToString() => $"[{_a} {_b} {_parent}]";
}

internal sealed class Knot : Chain
{
    private static Knot? s_last;

    public Knot()
        : base(self => self.ToString()!.Length + (s_last is null ? 0 : 100)) => s_last = this;

    public Knot(int captured)
        : base(_ => captured++ + captured) => Captured = captured;

    public int Captured { get; }
}

internal static class Eager
{
    public static readonly string Value = Log.Note("Eager.Value", "eager");

    static Eager() => Log.Note("Eager..cctor", Value.Length);

    public static void Touch()
    {
    }
}

internal sealed class Failing
{
    public static readonly int Value = Compute();

    private static int Compute() => throw new NotSupportedException("in a static constructor");
}

internal class Generic<T>
{
    public static readonly string Name = typeof(T).Name;
    private readonly T[] _items;
    public T First;

    public Generic(params T[] items)
    {
        _items = items;
        First = items.Length > 0 ? items[0] : default!;
    }

    public override string ToString() => $"{Name} {_items.Length} {First}";
}

internal sealed class Special : Generic<(int, string)>
{
    public Special()
        : base((1, "a"), (2, "b")) => First = (3, "c");
}

internal sealed class Finalized
{
    private static int s_finalized;
    private readonly int[] _data = new int[10];

    public static int Count => s_finalized;

    ~Finalized()
    {
        s_finalized += _data.Length > 0 ? 1 : 0;
    }
}

internal struct Initialised
{
    public int A = 5;
    public string B = "b";

    public Initialised()
    {
        A++;
    }

    public Initialised(string b)
        : this() => B = b;
}

internal static class Program
{
    private static void Main()
    {
        Console.WriteLine(new Derived(true, 9));
        Log.Flush();
        Console.WriteLine(new Derived("abcd"));
        Log.Flush();
        Console.WriteLine(new Derived());
        Log.Flush();
        try
        {
            Console.WriteLine(new Derived("ab"));
        }
        catch (ArgumentOutOfRangeException exception)
        {
            Console.WriteLine(exception.ParamName);
        }

        Log.Flush();
        int total = 0;
        Console.WriteLine(new Tries("5", out int seen, ref total, 1, 2, 3).Attempts + $" {seen} {total}");
        Console.WriteLine(new Tries("6", out seen, ref total).Attempts + $" {seen} {total}");
        try
        {
            _ = new Tries("x", out seen, ref total);
        }
        catch (FormatException)
        {
            Console.WriteLine($"not a number {seen}");
        }

        Log.Flush();
        Console.WriteLine($"{new Chain(3)} {new Chain("abc")} {new Chain("")} {Chain.Depth}");
        Console.WriteLine($"{new Knot()} {new Knot()} {new Knot(20).Captured}");
        Eager.Touch();
        Console.WriteLine(Eager.Value);
        Log.Flush();
        for (int i = 0; i < 2; i++)
        {
            try
            {
                Console.WriteLine(Failing.Value);
            }
            catch (TypeInitializationException exception)
            {
                Console.WriteLine(exception.InnerException!.Message);
            }
        }

        Console.WriteLine($"{new Generic<int>(4, 5)} {new Generic<string>()} {new Special()}");
        Make();
        GC.Collect();
        GC.WaitForPendingFinalizers();
        Console.WriteLine(Finalized.Count > 0);
        Console.WriteLine($"{new Initialised().A} {new Initialised("x").B} {default(Initialised).A}");
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.NoInlining)]
    private static void Make()
    {
        for (int i = 0; i < 50; i++)
            _ = new Finalized();
    }
}
