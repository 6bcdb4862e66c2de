using System;
using System.IO;
using System.Reflection;
using System.Runtime.Loader;
using ObjWatch.Testing;
using ObjWatch.Weaver;
using ObjWatch.Woven;

namespace ObjWatch.Benchmarks;

/// <summary>A small program compiled as Release, woven and loaded into this process: what a traced store and a traced call cost.</summary>
internal sealed class HotCode : IDisposable
{
    private const string Source = """
        using System;
        using System.Collections.Generic;
        using System.Runtime.CompilerServices;

        public struct Point { public int X, Y; }

        public enum Color { Red, Green }

        public sealed class Hot
        {
            private int _value;
            private string _text = "";
            private int? _maybe;
            private Point _point;
            private (int, long) _pair;
            private Color _color;
            private decimal _price;
            private static int _shared;
            private readonly string[] _texts = { "one", "two" };
            private readonly Cell[] _cells = Array.ConvertAll(new Cell[64], _ => new Cell());

            public void StoreToMany(int count)
            {
                for (int i = 0; i < count; i++)
                    _cells[i & 63].Value = i;
            }

            public void Texts(int count)
            {
                for (int i = 0; i < count; i++)
                    _text = _texts[i & 1];
            }

            public void Statics(int count)
            {
                for (int i = 0; i < count; i++)
                    _shared = i;
            }

            public void Maybes(int count)
            {
                for (int i = 0; i < count; i++)
                    _maybe = i;
            }

            public void Points(int count)
            {
                for (int i = 0; i < count; i++)
                    _point = new Point { X = i, Y = 1 };
            }

            public void Pairs(int count)
            {
                for (int i = 0; i < count; i++)
                    _pair = (i, 1);
            }

            public void Colors(int count)
            {
                for (int i = 0; i < count; i++)
                    _color = (Color)(i & 1);
            }

            public void Prices(int count)
            {
                for (int i = 0; i < count; i++)
                    _price = i;
            }

            public void Lines(int count)
            {
                int x = 1;
                for (int i = 0; i < count; i++)
                    x = x * 31 + i;
                _value = x;
            }

            public void Statically(int count)
            {
                for (int i = 0; i < count; i++)
                    N(i);
            }

            public void Three(int count)
            {
                for (int i = 0; i < count; i++)
                    O(i, "text", 1.5);
            }

            public void Make(int count)
            {
                for (int i = 0; i < count; i++)
                    new Small(i);
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            public static int N(int number) => number + 1;

            [MethodImpl(MethodImplOptions.NoInlining)]
            public int O(int number, string text, double factor) => number + 1;

            [MethodImpl(MethodImplOptions.NoInlining)]
            public static void P(object value) { }

            public void Store(int count)
            {
                for (int i = 0; i < count; i++)
                    _value = i;
            }

            public int Call(int count)
            {
                int sum = 0;
                for (int i = 0; i < count; i++)
                    sum += M(i);
                return sum;
            }

            [MethodImpl(MethodImplOptions.NoInlining)]
            public int M(int number) => number + 1;
        }

        public sealed class Cell
        {
            public int Value;
        }

        public sealed class Holder
        {
            private readonly int[] _numbers = new int[8];
            private readonly List<int> _list = new() { 1, 2, 3, 4 };
            private readonly Dictionary<int, int> _map = new() { [1] = 2, [3] = 4 };
            private readonly Queue<int> _queue = new();

            [MethodImpl(MethodImplOptions.NoInlining)]
            public int M(int number) => number + 1;

            public void Watched(int count)
            {
                for (int i = 0; i < count; i++)
                    M(i);
            }

            public void Grow(int count)
            {
                for (int i = 0; i < count; i += 2)
                {
                    _queue.Enqueue(i);
                    _queue.Dequeue();
                }
            }

            public void TakeList(int count)
            {
                for (int i = 0; i < count; i++)
                    Hot.P(_list);
            }

            public void TakeMap(int count)
            {
                for (int i = 0; i < count; i++)
                    Hot.P(_map);
            }

            public void TakeArray(int count)
            {
                for (int i = 0; i < count; i++)
                    Hot.P(_numbers);
            }
        }

        public sealed class Adder
        {
            private readonly List<int> _items = new();
            private int _total;

            public void Work(int count)
            {
                for (int i = 0; i < count; i++)
                    Add(i);
            }

            public int Add(int number)
            {
                _total += number;
                _items.Add(number);
                if (_items.Count == 10)
                    _items.Clear();
                return _total;
            }
        }

        public sealed class Small
        {
            private readonly int _number;

            public Small(int number) => _number = number;
        }
        """;

    private readonly TemporaryDirectory _directory = new();

    public HotCode()
    {
        CompiledProgram program = Compiler.Compile("Hot", Source, optimize: true, _directory.Path);
        WeaveResult result = new AssemblyWeaver().Weave(new WeaveRequest
        {
            AssemblyPath = program.AssemblyPath,
            RuntimePath = typeof(Probe).Assembly.Location,
            References = Framework.ReferenceAssemblies(),
            Targets = "*",
        });
        if (result.Outcome != WeaveOutcome.Woven)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));

        // In a context of its own: there may be several in this process.
        Type type = new AssemblyLoadContext("hot").LoadFromAssemblyPath(program.AssemblyPath).GetType("Hot", throwOnError: true)!;
        object hot = Activator.CreateInstance(type)!;
        Store = type.GetMethod("Store")!.CreateDelegate<Action<int>>(hot);
        Call = type.GetMethod("Call")!.CreateDelegate<Func<int, int>>(hot);
        Type adderType = type.Assembly.GetType("Adder", throwOnError: true)!;
        Add = adderType.GetMethod("Work")!.CreateDelegate<Action<int>>(Activator.CreateInstance(adderType)!);
        Type holderType = type.Assembly.GetType("Holder", throwOnError: true)!;
        object holder = Activator.CreateInstance(holderType)!;
        Action<int> Of(string name) => type.GetMethod(name)!.CreateDelegate<Action<int>>(hot);
        Action<int> OfHolder(string name) => holderType.GetMethod(name)!.CreateDelegate<Action<int>>(holder);
        Kinds =
        [
            ("upd of an int field", Store),
            ("upd of an int field, changing objects", Of("StoreToMany")),
            ("upd of a static int field", Of("Statics")),
            ("upd of a string field", Of("Texts")),
            ("upd of an int? field", Of("Maybes")),
            ("upd of an enum field", Of("Colors")),
            ("upd of a decimal field", Of("Prices")),
            ("upd of a field of a struct of two ints", Of("Points")),
            ("upd of a field of (int, long)", Of("Pairs")),
            ("a line without an event", Of("Lines")),
            ("run and end of int M(int)", count => Call(count)),
            ("run and end of static int N(int)", Of("Statically")),
            ("run and end with three arguments", Of("Three")),
            ("run and end with three collections in this", OfHolder("Watched")),
            ("run and end with a List<int>", OfHolder("TakeList")),
            ("run and end with a Dictionary<int, int>", OfHolder("TakeMap")),
            ("run and end with an int[]", OfHolder("TakeArray")),
            ("apd or pop", OfHolder("Grow")),
            ("constructor: run, upd and end", Of("Make")),
            ("Add(int): run, upd, apd and end", Add),
        ];
        WarmUp();
    }

    /// <summary>Stores so many different values to a field: one upd each.</summary>
    public Action<int> Store { get; }

    /// <summary>Calls <c>int M(int)</c> so many times: one run and one end each.</summary>
    public Func<int, int> Call { get; }

    /// <summary>Calls <c>Add(int)</c> so many times: four events each, and a pop every tenth time.</summary>
    public Action<int> Add { get; }

    /// <summary>What there is, by name: each raises so many events (or calls) of its kind.</summary>
    public (string Name, Action<int> Action)[] Kinds { get; }

    /// <summary>Starts recording, binary only.</summary>
    public IDisposable Trace() => Tracer.Start(new TracerOptions { Output = TracePath });

    /// <summary>The trace.</summary>
    public string TracePath => _directory["hot.objtrace"];

    public void Dispose() => _directory.Dispose();

    private void WarmUp()
    {
        // A ring, because nobody knows how long it takes.
        using (Tracer.Start(new TracerOptions { Output = TracePath, WhenFull = "ring:16" }))
            Rounds.WarmUp(() => Array.ForEach(Kinds, kind => kind.Action(2_000)));
        File.Delete(TracePath);
    }
}
