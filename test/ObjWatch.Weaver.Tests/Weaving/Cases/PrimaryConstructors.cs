using System;
using System.Collections.Generic;
using System.Threading;

static class Program
{
    static void Main()
    {
        var counter = new Counter(3, new List<int>());
        counter.Step();
        counter.Step();
        Console.WriteLine(counter.Latest);
        var pair = new Pair(
            1,
            "a");
        Console.WriteLine(pair.Left);
        Captured();
    }

    static void Captured()
    {
        int sum = 0;
        Action<int> add = n => Interlocked.Add(ref sum, n);
        add(4);
        Console.WriteLine(sum);
    }
}

class Named(string name)
{
    public override string ToString() => name;
}

class Counter(int count, List<int> seen) : Named("counter" + count)
{
    public int Latest { get; private set; } = count;

    public void Step()
    {
        count++;
        seen.Add(count);
        Latest = count;
    }
}

record struct Pair(int Left, string Right);
