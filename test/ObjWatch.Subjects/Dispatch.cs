// Which method is called: overriding, hiding, covariant results, explicit and default interface members, constrained calls, overloads.
using System;
using System.Collections.Generic;

namespace Subjects.Dispatch;

internal interface ICounted
{
    int Count { get; set; }

    void Add(int by) => Count += by;

    static int Totals { get; set; }

    protected int Hidden() => 1;

    int Visible() => Hidden() + Count;
}

internal interface ILeft : ICounted
{
    int ICounted.Hidden() => 10;
}

internal interface IRight : ICounted
{
    void ICounted.Add(int by)
    {
        Count -= by;
        ICounted.Totals++;
    }
}

internal sealed class Diamond : ILeft, IRight
{
    private int _count;

    int ICounted.Count
    {
        get => _count;
        set
        {
            if (value < -5)
                throw new ArgumentException("too low");
            _count = value;
        }
    }

    public override string ToString() => $"diamond {_count}";
}

internal struct Tally : ICounted
{
    public int Count { get; set; }

    public override string ToString() => $"tally {Count}";
}

internal abstract class Shape : ICloneable
{
    private static int s_next = 1;
    protected readonly int Id = s_next++;

    public virtual Shape Self => this;

    public abstract double Area();

    public virtual string Describe() => $"{GetType().Name}#{Id} {Area()}";

    public string Name() => "shape";

    object ICloneable.Clone() => MemberwiseClone();

    public static bool operator >(Shape left, Shape right) => left.Area() > right.Area();

    public static bool operator <(Shape left, Shape right) => right > left;
}

internal class Rectangle : Shape
{
    protected double Width;
    protected double Height;

    public Rectangle(double width, double height) => (Width, Height) = (width, height);

    public override Rectangle Self => this;

    public override double Area() => Width * Height;

    public new string Name() => "rectangle";

    public virtual void Stretch(double factor) => Width *= factor;
}

internal sealed class Square : Rectangle
{
    public Square(double side)
        : base(side, side)
    {
    }

    public sealed override string Describe() => "square " + base.Describe();

    public override void Stretch(double factor)
    {
        base.Stretch(factor);
        Height = Width;
        Func<string> described = base.Describe;
        Console.WriteLine(described());
    }

    public override bool Equals(object? obj) => obj is Square square && square.Width.Equals(Width);

    public override int GetHashCode() => (int)Width;
}

internal partial class Parted
{
    public int Value { get; private set; }

    partial void OnChange(int value);

    public partial string Text { get; set; }

    public void Change(int value)
    {
        OnChange(value);
        Value = value;
        Text = "t" + value;
    }
}

internal partial class Parted
{
    private readonly List<int> _changes = [];

    partial void OnChange(int value) => _changes.Add(value);

    public partial string Text
    {
        get => field + _changes.Count;
        set;
    } = "";
}

internal static class Program
{
    private static void AddTwice<T>(ref T counted, T copy)
        where T : ICounted
    {
        counted.Count++;
        counted.Add(5);
        copy.Count += 100;
        counted.Count++;
        Console.WriteLine($"{counted.ToString()} {copy} {counted.GetType().Name} {counted.Equals(copy)}");
    }

    private static string Over(object value) => "object";

    private static string Over(long value) => "long";

    private static string Over(params int[] values) => "ints";

    private static string Over(ReadOnlySpan<char> value) => "span";

    private static string Over<T>(List<T> value) => "list of " + typeof(T).Name;

    private static string Hash<T>(T value) => value!.GetHashCode() + value.ToString();

    private static void Main()
    {
        var diamond = new Diamond();
        AddTwice(ref diamond, diamond);
        var tally = new Tally();
        AddTwice(ref tally, tally);
        ICounted boxed = tally;
        boxed.Add(50);
        Console.WriteLine($"{boxed} {tally} {boxed.Visible()} {((ICounted)diamond).Visible()} {ICounted.Totals}");
        try
        {
            ((ICounted)diamond).Count = -50;
        }
        catch (ArgumentException exception)
        {
            Console.WriteLine(exception.Message + diamond);
        }

        var square = new Square(3);
        Rectangle rectangle = square;
        Shape shape = rectangle;
        rectangle.Stretch(2);
        Console.WriteLine($"{shape.Describe()} {shape.Name()} {rectangle.Name()} {rectangle.Self.Area()} {shape > new Rectangle(1, 2)}");
        var clone = (Square)((ICloneable)square).Clone();
        clone.Stretch(0.5);
        Console.WriteLine($"{clone.Equals(square)} {square.Area()} {clone.Area()} {square.GetHashCode()}");
        var parted = new Parted();
        parted.Change(4);
        parted.Change(5);
        Console.WriteLine($"{parted.Value} {parted.Text}");
        Console.WriteLine($"{Over("s")} {Over('c')} {Over(1)} {Over(1, 2)} {Over((object)1)} {Over(new List<string>())} {Over("x".AsSpan())}");
        Console.WriteLine(Hash(7) + Hash(DayOfWeek.Monday) + Hash(true));
    }
}
