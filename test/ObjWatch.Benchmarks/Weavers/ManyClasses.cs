using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace ObjWatch.Benchmarks.Weavers;

/// <summary>The sources of a program of many ordinary classes, which are the same each time, and of which it uses some.</summary>
internal static class ManyClasses
{
    private const int Areas = 20;
    private const int MethodsOfClass = 5;
    private const int Used = 60;

    private static readonly (string Source, string Call)[] _methods =
    [
        ("""
            public int Sum(int limit)
            {
                int sum = 0;
                foreach (int item in _items)
                {
                    if (item > limit)
                        continue;
                    sum += item * $number;
                    _total += item;
                }

                return sum;
            }
        """, "Sum(seed + 40)"),
        ("""
            public string Describe(int level)
            {
                string text = level switch { 0 => "none", 1 => "one", < $number => "few", _ => "many" };
                _last = text;
                if (text.Length > 3 && _total % 2 == 0)
                    Name = text + _total;
                else if (_items.Count > 4)
                    Name = text;
                return Name;
            }
        """, "Describe(seed % 5).Length"),
        ("""
            public int Count(string key)
            {
                _depth++;
                try
                {
                    if (!_counts.TryGetValue(key, out int count))
                        count = $number;
                    _counts[key] = count + 1;
                    return _counts[key];
                }
                finally
                {
                    _depth--;
                }
            }
        """, """Count("k" + seed % 3)"""),
        ("""
            public int Above(int limit)
            {
                int found = 0;
                Predicate<int> isAbove = item => item > limit + $number % 7;
                for (int i = 0; i < _items.Count; i++)
                {
                    if (isAbove(_items[i]))
                        found++;
                }

                Id = found;
                return found;
            }
        """, "Above(seed)"),
        ("""
            public async Task<int> LoadAsync(int number)
            {
                await Task.Yield();
                _items.Add(number);
                for (int i = 0; i < 3; i++)
                    await StoreAsync("a" + i, number + i).ConfigureAwait(false);
                return _counts.Count + $number;
            }

            private async Task StoreAsync(string key, int number)
            {
                await Task.CompletedTask;
                _counts[key] = number;
            }
        """, "LoadAsync(seed).GetAwaiter().GetResult()"),
        ("""
            public IEnumerable<int> Pairs(int count)
            {
                for (int i = 0; i < count; i++)
                {
                    yield return i;
                    if (i % 2 == 0)
                        yield return i * $number;
                }
            }
        """, "Pairs(4).Sum()"),
        ("""
            public int Parse(string text)
            {
                try
                {
                    int number = int.Parse(text, CultureInfo.InvariantCulture);
                    Rate = number / 2.0;
                    return number;
                }
                catch (FormatException exception)
                {
                    _last = exception.GetType().Name;
                    return -$number;
                }
            }
        """, """Parse(seed % 2 == 0 ? "12" : "x")"""),
        ("""
            public static int Distance((int X, int Y) from, (int X, int Y) to)
            {
                int x = Math.Abs(from.X - to.X);
                int y = Math.Abs(from.Y - to.Y);
                while (x > $number)
                    x -= $number;
                return x + y;
            }
        """, "Distance((seed, 1), (2, 3))"),
        ("""
            public string Join(string separator)
            {
                var text = new StringBuilder();
                for (int i = 0; i < _items.Count; i++)
                {
                    if (i > 0)
                        text.Append(separator);
                    text.Append(_items[i]);
                    if (text.Length > 2 * $number + 20)
                        break;
                }

                _last = text.ToString();
                return _last;
            }
        """, """Join(", ").Length"""),
        ("""
            public void Remove(int item)
            {
                if (!_items.Remove(item) && _items.Count > $number % 5)
                    _items.RemoveAt(_items.Count - 1);
                lock (_counts)
                {
                    _counts.Remove(_last);
                    s_changes++;
                }
            }
        """, ""),
    ];

    /// <summary>Writes them, one file for each class.</summary>
    /// <param name="folder">Where to.</param>
    /// <param name="classes">How many classes.</param>
    public static void Write(string folder, int classes)
    {
        for (int area = 0; area < Areas; area++)
            Directory.CreateDirectory(Path.Combine(folder, FormattableString.Invariant($"Area{area}")));
        for (int number = 0; number < classes; number++)
            File.WriteAllText(Path.Combine(folder, FormattableString.Invariant($"Area{number % Areas}/Entity{number}.cs")), Class(number));
        File.WriteAllText(Path.Combine(folder, "Program.cs"), Program(classes));
    }

    private static string Class(int number)
    {
        var body = new StringBuilder();
        var calls = new StringBuilder();
        for (int i = 0; i < MethodsOfClass; i++)
        {
            (string source, string call) = _methods[(number * 3 + i * (number / _methods.Length % 2 + 1)) % _methods.Length];
            string constant = (number % 90 + 3).ToString(CultureInfo.InvariantCulture);
            body.Append('\n').Append(source.Replace("$number", constant, StringComparison.Ordinal)).Append('\n');
            if (call.Length > 0)
                calls.Append(CultureInfo.InvariantCulture, $"        result = result * 31 + {call};\n");
        }

        return $$"""
            using System;
            using System.Collections.Generic;
            using System.Globalization;
            using System.Linq;
            using System.Text;
            using System.Threading.Tasks;

            namespace Work.Area{{number % Areas}};

            /// <summary>Number {{number}} of many.</summary>
            public sealed class Entity{{number}}
            {
                private static int s_changes;
                private readonly List<int> _items = new();
                private readonly Dictionary<string, int> _counts = new();
                private int _total;
                private int _depth;
                private string _last = "";

                public Entity{{number}}(int start)
                {
                    Id = start;
                    _total = start % 7;
                    s_changes++;
                    for (int i = 0; i < {{number % 6 + 2}}; i++)
                        _items.Add(start + i);
                }

                public Entity{{number}}(string name, int start)
                    : this(start)
                {
                    Name = name;
                    Rate = start * 1.5;
                    _depth = name.Length;
                }

                public int Id { get; set; }

                public string Name { get; private set; } = "";

                public double Rate { get; set; }

                public int Changes => s_changes + _depth + _total;
            {{body}}
                public int Use(int seed)
                {
                    int result = Changes;
            {{calls}}        return result + Id + Name.Length + _last.Length;
                }
            }

            """;
    }

    // In a namespace of its own: SharpFuzz instruments classes by the beginning of their names, and needs something to run before them.
    private static string Program(int classes)
    {
        string uses = string.Concat(Enumerable.Range(0, Used)
            .Select(use => (int)((long)use * classes / Used))
            .Distinct()
            .Select(number => FormattableString.Invariant(
                $"        sum = sum * 31 + new Work.Area{number % Areas}.Entity{number}(\"name\", {number}).Use({number % 11});\n")));
        return $$"""
            using System;

            namespace Start;

            internal static partial class Program
            {
                static partial void Prepare();

                private static void Main()
                {
                    Prepare();
                    long sum = 0;
            {{uses}}        Console.WriteLine(sum);
                }
            }

            """;
    }
}
