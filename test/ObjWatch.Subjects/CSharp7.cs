// What C# 7.3 knows, and nothing newer: compiled as every version of the language since, and for .NET Framework.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Linq.Expressions;
using System.Text;
using System.Threading;
using System.Threading.Tasks;

internal enum Grade : byte { None, Low = 2, High = 250 }

internal delegate void Changed(object sender, int value);

internal interface IPart { int Weight { get; } void Grow(int by); }

internal readonly struct Length
{
    public readonly int Value;
    public Length(int value) => Value = value;
    public static Length operator +(Length a, in Length b) => new Length(a.Value + b.Value);
    public static implicit operator Length(int value) => new Length(value);
    public static bool operator ==(Length a, Length b) => a.Value == b.Value;
    public static bool operator !=(Length a, Length b) => !(a == b);
    public override bool Equals(object other) => other is Length length && this == length;
    public override int GetHashCode() => Value;
    public override string ToString() => Value + "m";
}

internal struct Place
{
    public int X;
    public int Y;
    public Place(int x) : this() { X = x; Y = x + 1; }
    public void Move(int by) { X += by; this = new Place(X) { Y = Y - by }; }
    public void Deconstruct(out int x, out int y) { x = X; y = Y; }
}

internal abstract class Part : IPart
{
    private static int s_made;
    private protected int _weight;
    private volatile bool _busy;
    public event Changed Grown;
    public static int Made => s_made;
    protected Part(int weight) { _weight = weight; s_made++; }
    public int Weight => _weight;
    public string Label { get; set; } = "none";
    public Grade Grade { get; private set; }
    public void Grow(int by)
    {
        _busy = true;
        _weight = checked(_weight + by);
        Grade = by > 100 ? Grade.High : Grade.Low;
        Grown?.Invoke(this, _weight);
        _busy = false;
    }
    public bool Busy => _busy;
}

internal sealed class Box<T> : Part, IEnumerable<T> where T : IComparable<T>
{
    private readonly List<T> _items = new List<T>();
    private readonly Dictionary<string, int> _counts = new Dictionary<string, int>();
    private T _last;
    private int? _limit;
    private (int Low, string Name) _pair = (1, "one");
    private Place _place = new Place(3);
    private readonly int[] _slots = { 1, 2, 3 };
    public Box(int weight) : base(weight) { }
    public ref int Slot(int index) => ref _slots[index];
    public ref readonly Place Where => ref _place;
    public T this[int index] { get => _items[index]; set { _items[index] = value; _last = value; } }
    public void Add(params T[] items)
    {
        foreach (T item in items)
        {
            _items.Add(item);
            _counts[item.ToString()] = _counts.TryGetValue(item.ToString(), out int before) ? before + 1 : 1;
        }
        _last = items.Length > 0 ? items[items.Length - 1] : default;
        _limit = (_limit ?? 0) + items.Length;
    }
    public void Shift(in Length by, out int x)
    {
        _place.Move(by.Value);
        _pair.Low += by.Value;
        _pair = (_pair.Low, _pair.Name + "!");
        (x, _) = _place;
        Interlocked.Add(ref _weight, 2);
        _limit = null;
    }
    public IEnumerator<T> GetEnumerator()
    {
        int given = 0;
        foreach (T item in _items)
        {
            given++;
            yield return item;
        }
        if (given > 2) yield break;
        Label = "few" + given;
    }
    System.Collections.IEnumerator System.Collections.IEnumerable.GetEnumerator() => GetEnumerator();
    public int Largest(Func<T, int> measure) { int largest = int.MinValue; foreach (T item in this) largest = Math.Max(largest, measure(item)); return largest; }
}

internal static class Older
{
    private static readonly StringBuilder s_log = new StringBuilder();
    private static long s_total;

    private static int Count<TEnum>(TEnum value) where TEnum : struct, Enum => Enum.GetValues(typeof(TEnum)).Length + (value.Equals(default(TEnum)) ? 1 : 0);

    private static unsafe int Sum<T>(T[] values) where T : unmanaged
    {
        int sum = 0;
        fixed (T* start = values)
            for (int i = 0; i < values.Length * sizeof(T); i++) sum += ((byte*)start)[i];
        int* squares = stackalloc int[] { 1, 4, 9 };
        for (int i = 0; i < 3; i++) sum += squares[i];
        return sum;
    }

    private static string Describe(object value)
    {
        switch (value)
        {
            case null: return "null";
            case int n when n < 0: return "negative";
            case int n: return "int " + n;
            case string s when s.Length == 0: return "empty";
            case string s: return ByName(s);
            case Length length: return $"length {length.Value:000} {length}";
            case Grade grade: switch (grade) { case Grade.None: return "no grade"; case Grade.High: goto default; default: return grade + " grade"; }
            case Exception e: throw new InvalidOperationException($"{e.Message}, of {nameof(Describe)}", e);
            default: return value is IEnumerable<int> numbers ? string.Join(",", numbers.Select(n => n * 2)) : "other";
        }
    }

    private static string ByName(string name)
    {
        switch (name)
        {
            case "one": return "1";
            case "two": return "2";
            case "three": return "3";
            case "four": return "4";
            case "five": return "5";
            case "six": return "6";
            case "seven": return "7";
            case "eight": case "ate": return "8";
            default: return name.ToUpperInvariant();
        }
    }

    private static async Task<int> WaitAsync(Box<int> box, int rounds)
    {
        int done = 0;
        try
        {
            for (int i = 0; i < rounds; i++)
            {
                await Task.Yield();
                box.Grow(i);
                done += await Task.FromResult(i);
            }
            if (done > 2) throw new TimeoutException("late");
        }
        catch (TimeoutException e) when (e.Message.Length == 4)
        {
            await Task.Yield();
            done = -done;
        }
        finally { Interlocked.Increment(ref s_total); }
        return done;
    }

    private static int Functions(int start)
    {
        int total = start;
        void Add(int by) => total += by;
        int Twice(int x) { return x > 100 ? x : Twice(x * 2); }
        Action<int> add = Add;
        Func<int, int> parse = Math.Abs;
        var actions = new List<Action>();
        for (int i = 0; i < 3; i++) { int copy = i; actions.Add(() => total += copy * 10); }
        foreach (Action action in actions) action();
        add(Twice(7));
        Expression<Func<int, int>> square = x => x * x + start;
        return total + parse(-1) + square.Compile()(3) + ((Func<int>)delegate { return 4; })();
    }

    private static int Flow(int n)
    {
        int steps = 0;
        again:
        try
        {
            while (true)
            {
                steps++;
                if (n > 3) { n /= 2; continue; }
                if (n == 3) { n = 2; goto again; }
                do { n--; } while (n > 0);
                break;
            }
            lock (s_log) { s_log.Append(steps).Append(';'); }
            using (var writer = new System.IO.StringWriter(s_log)) writer.Write(Describe(new ArgumentException("bad")));
        }
        catch (InvalidOperationException e) when (Keep(e)) { return -1; }
        catch (Exception e) { s_log.Append(e.GetType().Name).Append(' ').Append(e.InnerException?.Message ?? "nothing").Append(';'); }
        finally { s_total += steps; }
        return steps;
    }

    private static int Refill(Box<int> box)
    {
        ref int slot = ref box.Slot(0);
        slot = 5;
        slot = ref box.Slot(1);
        slot++;
        return slot;
    }

    private static bool Keep(Exception e) { s_total++; return e.InnerException is null; }

    private static async Task<int> Main()
    {
        var box = new Box<int>(10) { Label = "box" };
        Changed grown = (sender, value) => s_log.Append(((Part)sender).Label).Append(value).Append(' ');
        box.Grown += grown;
        box.Add(3, 1, 2);
        box.Grow(200);
        box[1] = 9;
        box.Slot(2) += 40;
        int slot = Refill(box);
        box.Shift(4, out int x);
        Length length = 2;
        length += 3;
        var anonymous = new { box.Weight, x, Pair = (box.Weight, box.Label) };
        Console.WriteLine($"{anonymous.Weight} {anonymous.x} {anonymous.Pair == (16, "box")} {box.Where.X} {length} {length == 5} {box.Slot(2)} {slot}");
        Console.WriteLine(string.Join(" ", new object[] { null, -1, 7, "", "eight", "x", length, Grade.Low, Grade.High, Grade.None, new[] { 1, 2 }, 1.5 }.Select(Describe)));
        Console.WriteLine($"{Functions(2)} {Flow(20)} {Flow(1)} {Count(Grade.Low)} {Sum(new short[] { 1, 2, 300 })} {box.Largest(n => n % 5)}");
        // Whether an await of these were suspended would depend on who is faster. At a Yield it always is.
        Console.WriteLine(WaitAsync(box, 4).Result + " " + WaitAsync(box, 1).Result);
        await Task.Yield();
        try { box.Grow(int.MaxValue); } catch (OverflowException) { Console.WriteLine("overflow " + box.Busy + " " + box.Grade); }
        box.Grown -= grown;
        var query = from n in box where n > 1 orderby n descending let half = n / 2 group half by half % 2 into halves select halves.Key + ":" + halves.Count();
        Console.WriteLine(string.Join(" ", query) + " " + Part.Made + " " + s_total);
        Console.WriteLine(s_log);
        return default(bool) ? 0 : 7;
    }
}
