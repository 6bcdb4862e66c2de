namespace ObjWatch.Fuzzing.Tests.Generating;

/// <summary>What every generated program begins with.</summary>
internal static class Prelude
{
    /// <summary>The source.</summary>
    public const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Globalization;
        using System.IO;
        using System.Linq;
        using System.Runtime.CompilerServices;
        using System.Threading;
        using System.Threading.Tasks;

        enum Color { Red, Green, Blue }

        struct Point
        {
            public int X;
            public int Y;

            public Point(int x, int y)
            {
                X = x;
                Y = y;
            }

            public int Sum => unchecked(X + Y);

            public void Move(int by)
            {
                X += by;
                Y -= by;
            }

            public static Point operator +(Point left, Point right) => new(left.X + right.X, left.Y + right.Y);
        }

        sealed record Entry(int Number, string Word);

        record struct Mark(int Number, string Word);

        [InlineArray(3)]
        struct Cells
        {
            private int _first;
        }

        /// <summary>Bounds what a program does.</summary>
        static class Fuel
        {
            private static int _left;

            public static void Fill() => _left = 150;

            public static bool Burn() => --_left > 0;
        }

        static class Helper
        {
            public static T Same<T>(T value) => value;

            public static int Checked(int left, int right) => checked(left * 1000 * right);

            public static void Bump(ref int place, int by) => place += by;

            public static void Give(out int place, int value)
            {
                place = value;
                place ^= 1;
            }

            public static Cells Cells(int first, int last)
            {
                Cells cells = default;
                cells[0] = first;
                cells[2] = last;
                return cells;
            }

            public static int Sum(Cells cells)
            {
                int sum = 0;
                foreach (int cell in cells)
                    sum = unchecked(sum * 3 + cell);
                return sum;
            }

            public static string Cut(string text) => text.Length <= 12 ? text : text.Substring(0, 12);

            public static Tracked Make(int number, string text)
            {
                if (!Fuel.Burn() || number % 3 == 0)
                    return null;
                var leaf = new Leaf(number, text);
                leaf.Count();
                return leaf;
            }
        }

        sealed class Closing(Tracked what) : IDisposable
        {
            public void Dispose() => what.Closed++;
        }

        abstract class Tracked
        {
            public static readonly List<Tracked> All = new();
            public readonly int Serial;
            public int Closed;

            protected Tracked()
            {
                Serial = All.Count + 1;
                All.Add(this);
            }

            public virtual void Describe(TextWriter output)
            {
                Write(output, "Tracked.Serial", Serial);
                Write(output, "Tracked.Closed", Closed);
            }

            protected void Write(TextWriter output, string member, object value) =>
                output.WriteLine($"STATE {Serial} {member}={Text(value)}");

            public static string Text(object value) => value switch
            {
                null => "null",
                bool truth => truth ? "true" : "false",
                string text => "\"" + text + "\"",
                Point point => $"Point {{ X = {point.X}, Y = {point.Y} }}",
                Mark mark => $"Mark {{ Number = {mark.Number}, Word = {Text(mark.Word)} }}",
                Cells cells => $"Cells {{ _first = {cells[0]} }}",
                ValueTuple<int, string> pair => $"({pair.Item1}, {Text(pair.Item2)})",
                Tracked other => "#" + other.Serial,
                List<int> list => $"[{list.Count}]",
                Dictionary<string, int> map => $"[{map.Count}]",
                HashSet<int> set => $"[{set.Count}]",
                int[] array => $"[{array.Length}]",
                _ => Convert.ToString(value, CultureInfo.InvariantCulture),
            };
        }

        /// <summary>A class with a primary constructor, whose parameter it keeps.</summary>
        sealed class Leaf(int number, string text) : Tracked
        {
            private readonly Box<string> _box = new(text);

            public int Count() => number += _box.Put(text + number);

            public override void Describe(TextWriter output)
            {
                base.Describe(output);
                Write(output, "Leaf.number", number);
                Write(output, "Leaf._box", _box);
            }
        }

        sealed class Box<T> : Tracked
        {
            private readonly List<T> _earlier = new();
            private T _value;

            public Box(T value) => _value = value;

            public int Put(T value)
            {
                _earlier.Add(_value);
                _value = value;
                return _earlier.Count;
            }

            public override void Describe(TextWriter output)
            {
                base.Describe(output);
                Write(output, "Box<T>._value", _value);
                output.WriteLine($"STATE {Serial} Box<T>._earlier=[{_earlier.Count}]");
            }
        }

        """;
}
