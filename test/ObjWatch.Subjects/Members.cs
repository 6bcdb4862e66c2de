// Kinds of members: init, required, `field`, records, primary constructors, indexers, events with accessors, operators, static abstracts.
using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;

namespace Subjects.Members;

internal record Person(string First, string Last)
{
    public int Age { get; init; }

    public string Full => $"{First} {Last}";

    protected virtual bool PrintExtra => Age > 0;
}

internal sealed record Employee(string First, string Last, decimal Salary) : Person(First, Last)
{
    private readonly List<string> _tasks = [];

    public IReadOnlyList<string> Tasks
    {
        get => _tasks;
        init => _tasks.AddRange(value);
    }
}

internal readonly record struct Coordinate(int Row, int Column)
{
    public static Coordinate Origin { get; } = new(0, 0);

    public static Coordinate operator +(Coordinate left, Coordinate right) => new(left.Row + right.Row, left.Column + right.Column);

    public static implicit operator Coordinate((int Row, int Column) pair) => new(pair.Row, pair.Column);

    public static explicit operator int(Coordinate coordinate) => coordinate.Row * 100 + coordinate.Column;

    public static bool operator true(Coordinate coordinate) => coordinate != Origin;

    public static bool operator false(Coordinate coordinate) => coordinate == Origin;
}

internal record struct Mutable(int Value, string Text)
{
    public int Value { get; set; } = Value;
}

internal sealed class Settings
{
    public required string Name { get; init; }

    public required int Level;

    public int Clamped
    {
        get;
        set => field = Math.Clamp(value, 0, 10);
    } = 5;

    public string Lazy => field ??= "computed " + ++Computations;

    public int Computations { get; private set; }

    public static int Instances { get; private set; }

    public Settings() => Instances++;

    [SetsRequiredMembers]
    public Settings(string name)
        : this()
    {
        Name = name;
        Level = name.Length;
    }
}

internal class Account(string owner, decimal balance = 10m)
{
    private decimal _balance = balance;

    public string Owner { get; } = owner.ToUpperInvariant();

    public void Deposit(decimal amount)
    {
        _balance += amount;
        owner += "+";
    }

    public override string ToString() => FormattableString.Invariant($"{Owner}/{owner}: {_balance:0.00}");
}

internal sealed class Savings(string owner, int rate) : Account(owner + "$", rate * 100)
{
    public int Rate => rate;

    public void Raise() => rate++;
}

internal sealed class Grid
{
    private readonly Dictionary<(int, int), string> _cells = new();
    private EventHandler<string>? _changed;

    public string this[int row, int column]
    {
        get => _cells.TryGetValue((row, column), out string? value) ? value : ".";
        set
        {
            _cells[(row, column)] = value;
            _changed?.Invoke(this, $"{row},{column}={value}");
        }
    }

    public string this[Index index] => _cells.OrderBy(pair => pair.Key).ElementAt(index).Value;

    public int Subscribers { get; private set; }

    public event EventHandler<string> Changed
    {
        add
        {
            _changed += value;
            Subscribers++;
        }

        remove
        {
            _changed -= value;
            Subscribers--;
        }
    }
}

internal interface IAnimal
{
    static abstract string Species { get; }

    static virtual int Legs => 4;

    string Name { get; set; }

    string Greet() => $"{Name} says {Sound()}";

    string Sound() => "...";

    static string Count<T>(IEnumerable<T> animals)
        where T : IAnimal => $"{animals.Count()} {T.Species} on {T.Legs} legs";
}

internal sealed class Dog : IAnimal
{
    public static string Species => "dog";

    public string Name { get; set; } = "Rex";

    public string Sound() => "woof";
}

internal struct Bird : IAnimal
{
    public static string Species => "bird";

    public static int Legs => 2;

    public string Name { get; set; }
}

internal struct Vector : IEquatable<Vector>
{
    public int X;
    public int Y;

    public static Vector operator -(Vector vector) => new() { X = -vector.X, Y = -vector.Y };

    public static Vector operator *(Vector vector, int factor) => new() { X = vector.X * factor, Y = vector.Y * factor };

    public static Vector operator checked *(Vector vector, int factor) =>
        new() { X = checked(vector.X * factor), Y = checked(vector.Y * factor) };

    public static bool operator ==(Vector left, Vector right) => left.Equals(right);

    public static bool operator !=(Vector left, Vector right) => !(left == right);

    public static Vector operator ++(Vector vector) => new() { X = vector.X + 1, Y = vector.Y + 1 };

    public readonly bool Equals(Vector other) => X == other.X && Y == other.Y;

    public override readonly bool Equals(object? obj) => obj is Vector other && Equals(other);

    public override readonly int GetHashCode() => HashCode.Combine(0) * 0 + X ^ Y;

    public override readonly string ToString() => $"<{X} {Y}>";
}

internal static class Extensions
{
    extension(string text)
    {
        public int Vowels => text.Count("aeiou".Contains);

        public string Twice() => text + text;
    }

    extension<T>(List<T> list)
    {
        public T Middle
        {
            get => list[list.Count / 2];
            set => list[list.Count / 2] = value;
        }
    }

    public static void Deconstruct(this Vector vector, out int x, out int y) => (x, y) = (vector.X, vector.Y);
}

internal static class Program
{
    private static string Hello<T>(T animal)
        where T : IAnimal
    {
        animal.Name += "!";
        return animal.Greet();
    }

    private static void Main()
    {
        var ada = new Person("Ada", "Lovelace") { Age = 36 };
        Person byron = ada with { First = "Lord", Age = ada.Age + 1 };
        Console.WriteLine($"{ada} {byron} {ada == byron} {ada == byron with { First = "Ada", Age = 36 }} {byron.Full}");
        var employee = new Employee("Bob", "B", 1.50m) { Tasks = ["x", "y"] };
        (string first, string last, decimal salary) = employee;
        Console.WriteLine(FormattableString.Invariant($"{first} {last} {salary} {string.Join("+", (employee with { Salary = 2 }).Tasks)}"));

        Coordinate coordinate = (2, 3);
        coordinate += (1, 1);
        Console.WriteLine($"{coordinate} {(int)coordinate} {(coordinate ? "some" : "origin")} {Coordinate.Origin}");
        var mutable = new Mutable(1, "t");
        mutable.Value++;
        mutable.Text += "u";
        Console.WriteLine(mutable);

        var settings = new Settings { Name = "n", Level = 3, Clamped = 50 };
        settings.Clamped -= 3;
        Console.WriteLine($"{settings.Clamped} {settings.Lazy} {settings.Lazy} {settings.Level} {new Settings("abc").Level} {Settings.Instances}");

        var account = new Account("ann");
        account.Deposit(2.345m);
        var savings = new Savings("sam", 3);
        savings.Raise();
        savings.Deposit(1);
        Console.WriteLine($"{account} {savings} {savings.Rate}");

        var grid = new Grid();
        EventHandler<string> print = (sender, what) => Console.WriteLine($"{sender!.GetType().Name} {what}");
        grid.Changed += print;
        grid[1, 2] = "a";
        grid[0, 5] = "b";
        grid.Changed -= print;
        grid[1, 2] += "c";
        Console.WriteLine($"{grid[1, 2]} {grid[9, 9]} {grid[^1]} {grid.Subscribers}");

        Console.WriteLine(Hello(new Dog()) + " " + Hello(new Bird { Name = "Tweety" }));
        Console.WriteLine(IAnimal.Count(new[] { new Dog(), new Dog() }) + ", " + IAnimal.Count(new Bird[1]));

        var vector = new Vector { X = 1, Y = 2 };
        vector++;
        vector *= 3;
        (int x, int y) = -vector;
        Console.WriteLine($"{vector} {x} {y} {vector == -vector} {vector != -vector}");
        try
        {
            Console.WriteLine(checked(vector * int.MaxValue));
        }
        catch (OverflowException)
        {
            Console.WriteLine("overflow");
        }

        List<int> list = [1, 2, 3];
        list.Middle *= 21;
        Console.WriteLine($"{"education".Vowels} {"ab".Twice()} {list.Middle}");
        var anonymous = new { X = 1, Inner = new { Y = "z" } };
        Console.WriteLine(anonymous);
    }
}
