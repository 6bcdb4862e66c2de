using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ObjWatch.Benchmarks.Scale;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>How many bytes of a trace each kind of event takes: the size of a file of a million and more of them, divided by their
/// number.</summary>
internal static class EventBytes
{
    private const int Count = 1_000_000;

    // Of all events, those of the objects that are made first are this part at most.
    private const double Others = 0.01;

    private static readonly Kind[] _kinds =
    [
        new("int upd, changing objects", "StoreToMany", 1, 20),
        new("int upd, one object, small values", "StoreSmall", 1, 12),
        new("int upd, one object, large values", "StoreLarge", 1, 12),
        new("long upd", "StoreLong", 1, null),
        new("string upd, three letters", "StoreText", 1, null),
        new("run or end of int M(int), one object", "Call", 2, null),
        new("run or end of int M(int), changing objects", "CallMany", 2, null),
        new("one event of Add(int)", "Add", 4.1, 24),
        new("apd or pop", "Grow", 2, null),
    ];

    // What is in Work is traced. The many objects are more than anybody remembers, and few enough that making them does not count.
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Diagnostics;
        using System.Globalization;

        namespace Work
        {
            public sealed class Item
            {
                public int Number;

                public int M(int number) => number + 1;
            }

            public sealed class Worker
            {
                private readonly Item[] _items = Array.ConvertAll(new Item[1024], _ => new Item());
                private readonly string[] _texts = { "one", "two" };
                private readonly List<int> _list = new();
                private readonly Queue<int> _queue = new();
                private int _number;
                private long _long;
                private string _text = "";

                public void StoreToMany(int count)
                {
                    for (int i = 1; i <= count; i++)
                        _items[i & 1023].Number = i;
                }

                public void StoreSmall(int count)
                {
                    for (int i = 1; i <= count; i++)
                        _number = i & 63;
                }

                public void StoreLarge(int count)
                {
                    for (int i = 1; i <= count; i++)
                        _number = unchecked(i * (int)2654435769);
                }

                public void StoreLong(int count)
                {
                    for (int i = 1; i <= count; i++)
                        _long = i;
                }

                public void StoreText(int count)
                {
                    for (int i = 1; i <= count; i++)
                        _text = _texts[i & 1];
                }

                public void Call(int count)
                {
                    for (int i = 1; i <= count; i++)
                        _items[0].M(i);
                }

                public void CallMany(int count)
                {
                    for (int i = 1; i <= count; i++)
                        _items[i & 1023].M(i);
                }

                public void Add(int count)
                {
                    for (int i = 1; i <= count; i++)
                        Add((long)i);
                }

                public void Grow(int count)
                {
                    for (int i = 1; i <= count; i++)
                    {
                        _queue.Enqueue(i);
                        _queue.Dequeue();
                    }
                }

                private int Add(long number)
                {
                    _number += (int)number;
                    _list.Add((int)number);
                    if (_list.Count == 10)
                        _list.Clear();
                    return _number;
                }
            }
        }

        internal static class Program
        {
            private static void Main(string[] arguments)
            {
                var method = typeof(Work.Worker).GetMethod(arguments[0], new[] { typeof(int) });
                var work = method.CreateDelegate<Action<int>>(new Work.Worker());
                using var process = Process.GetCurrentProcess();
                TimeSpan before = process.TotalProcessorTime;
                long start = Stopwatch.GetTimestamp();
                work(int.Parse(arguments[1]));
                TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
                process.Refresh();
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"{elapsed.TotalNanoseconds:F0} {(process.TotalProcessorTime - before).TotalNanoseconds:F0}"));
            }
        }
        """;

    /// <summary>The kinds that must not take more than so many bytes.</summary>
    public static IEnumerable<TargetRow> Measure() =>
        Measure(_kinds.Where(kind => kind.Limit != null)).Select(measured => measured.Kind.Row(measured.Bytes));

    /// <summary>Prints one line for each kind.</summary>
    /// <returns>The exit code: 1 when one takes more than it may.</returns>
    public static int Print(TextWriter output)
    {
        bool all = true;
        foreach ((Kind kind, double bytes) in Measure(_kinds))
        {
            string limit = kind.Limit is { } most
                ? string.Create(CultureInfo.InvariantCulture, $"  target {most,2}  {(kind.Row(bytes).IsMet ? "ok" : "short")}") : "";
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{kind.Name,-44} {bytes,5:F1} B{limit}"));
            all &= limit.Length == 0 || kind.Row(bytes).IsMet;
        }

        return all ? 0 : 1;
    }

    private static IEnumerable<(Kind Kind, double Bytes)> Measure(IEnumerable<Kind> kinds)
    {
        using var directory = new TemporaryDirectory();
        var program = new WovenProgram("Bytes", Source, "Work", directory["program"]);
        foreach (Kind kind in kinds)
        {
            long expected = (long)(Count * kind.EventsOfEach);
            using var run =
                new RecordedRun(program.Command(kind.Work, Count.ToString(CultureInfo.InvariantCulture)), directory["bytes.objtrace"],
                    expected);
            run.Info(out long events, exact: true);
            if (events < expected || events > expected * (1 + Others))
                throw new InvalidOperationException(
                    FormattableString.Invariant($"{kind.Name}: {events:N0} of {expected:N0} events were recorded"));
            yield return (kind, run.Bytes / (double)events);
        }
    }

    /// <summary>One kind of event.</summary>
    /// <param name="Name">What it is.</param>
    /// <param name="Work">The method that raises it.</param>
    /// <param name="EventsOfEach">How many of them each of its rounds raises.</param>
    /// <param name="Limit">The most bytes that are good enough, where there is a limit.</param>
    private sealed record Kind(string Name, string Work, double EventsOfEach, double? Limit)
    {
        public TargetRow Row(double bytes) => new("bytes, " + Name, bytes, "the limit", Limit ?? double.PositiveInfinity, "B", 1);
    }
}
