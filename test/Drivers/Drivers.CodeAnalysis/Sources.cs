namespace Drivers.CodeAnalysis;

/// <summary>Programs to compile: one with many constructs, one with many errors.</summary>
internal static class Sources
{
    public static string[] All { get; } =
    [
        """
        using System;
        using System.Collections.Generic;
        using System.Linq;
        using System.Threading.Tasks;

        namespace Sample;

        public record Person(string Name, int Age) { public string Title { get; init; } = "none"; }
        public readonly record struct Point(int X, int Y);
        public enum Kind : byte { None, Some = 4, Many }
        public interface IShape { double Area { get; } string Describe() => $"{Area:0.0}"; static virtual int Sides => 0; }
        public sealed class Square(double side) : IShape { public double Area => side * side; public double Side { get => side; set => side = value; } }

        public class Store<T> where T : class, new()
        {
            private readonly Dictionary<string, List<T>> _items = new();
            public event EventHandler<T>? Added;
            public T this[string key, int index] => _items[key][index];
            public void Add(string key, T item)
            {
                if (!_items.TryGetValue(key, out var list))
                    _items[key] = list = [];
                list.Add(item);
                Added?.Invoke(this, item);
            }
            public IEnumerable<(string Key, T Item)> All()
            {
                foreach (var (key, list) in _items)
                    foreach (var item in list)
                        yield return (key, item);
            }
            public async Task<int> CountAsync(Func<T, Task<bool>> filter)
            {
                int count = 0;
                foreach (var (_, item) in All())
                {
                    try { if (await filter(item)) count++; }
                    catch (InvalidOperationException e) when (e.Message.Length > 3) { await Task.Yield(); }
                    finally { count += 0; }
                }
                return count;
            }
        }

        public static class Program
        {
            public static string Classify(object? value) => value switch
            {
                null => "null",
                int and > 0 and < 10 => "digit",
                int n when n % 2 == 0 => "even",
                string { Length: > 3 } s => s[..3],
                Person(var name, >= 18) => name,
                int[] and [1, .., 3] => "list",
                _ => value.ToString() ?? "",
            };
            public static unsafe int Sum(ReadOnlySpan<int> numbers)
            {
                int sum = 0;
                fixed (int* p = numbers)
                    for (int i = 0; i < numbers.Length; i++) sum += p[i];
                Span<byte> buffer = stackalloc byte[8];
                return checked(sum + buffer.Length);
            }
            public static void Main()
            {
                var query = from n in Enumerable.Range(0, 10) where n % 2 == 0 orderby n descending let square = n * n select new { n, square };
                foreach (var row in query) Console.WriteLine(row);
                var person = new Person("a", 3) with { Age = 4, Title = "x" };
                Func<int, int> twice = static x => x * 2;
                int Local(int x) { return x > 0 ? Local(x - 1) + twice(x) : 0; }
                Console.WriteLine($"{person} {Local(3)} {Classify(5)} {Sum([1, 2, 3])} {new Square(2) is IShape { Area: 4 }}");
                start:
                switch (person.Age) { case 1: goto start; case 2: case 3: break; default: return; }
                lock (person) using (System.IO.TextWriter w = Console.Out) w.Flush();
            }
        }
        """,
        """
        class Broken { int M( { return "text"; } void N() { int x = y; string s = 3; foreach (var a in 5) { } undefined.Call(1, 2; } abstract void P(); }
        class Broken : Missing<int> { public override string ToString() => 1; async int Q() { await 3; } const int C = D; const int D = C; static void R(ref int a, out int b) { } }
        struct Loop { Loop inner; } interface I { void M(); } class Half : I { } enum E : string { A = 1.5 }
        """,
    ];
}
