using System;
using System.Collections.Generic;
using System.Threading;

static class Registry
{
    public const int Limit = 10;

    static readonly List<string> s_names = new() { "first" };
    static int s_count;

    [ThreadStatic]
    static int t_depth;

    [ThreadStatic]
    static List<int>? t_seen;

    public static string Last { get; private set; } = "none";

    public static void Add(string name)
    {
        s_names.Add(name);
        s_count += Limit;
        t_depth++;
        (t_seen ??= new()).Add(t_depth);
        t_seen.Add(0);
        Last = name;
        Interlocked.Increment(ref s_count);
    }
}

static class Cache<T>
{
    static readonly Dictionary<string, T> s_items = new();
    static T? s_last;

    public static void Put(string key, T value)
    {
        s_items[key] = value;
        s_last = value;
    }
}

class Lazy
{
    static readonly List<int> s_made = Make();

    static List<int> Make()
    {
        Console.WriteLine("made");
        return new();
    }

    public static void MaybeAdd(bool really)
    {
        if (really)
            s_made.Add(1);
        Console.WriteLine(really);
    }
}

static class Program
{
    static void Main()
    {
        Registry.Add("a");
        Registry.Add("b");
        Cache<int>.Put("one", 1);
        Cache<string>.Put("two", "zwei");
        Cache<string>.Put("two", "deux");
        Lazy.MaybeAdd(false);
        Lazy.MaybeAdd(true);
    }
}
