using System;
using System.Collections.Generic;
using System.Threading;

struct Point
{
    public int X;
    public int Y;

    public Point(int x, int y)
    {
        X = x;
        Y = y;
    }

    public void Move(int by) => X += by;
}

static class Program
{
    static void Main()
    {
        int.TryParse("42", out int number);
        Increase(ref number);
        Interlocked.Add(ref number, 10);
        var point = new Point(1, 2);
        point.X = 3;
        point.Move(4);
        point = default;
        int? maybe = null;
        maybe = 5;
        if (Swap(ref number, 1) && number == 1)
            Console.WriteLine(number);
        number = Swap(ref number, 2) ? number + 1 : 0;
        var items = new List<int>();
        Fill(items);
        IList<int> alias = items;
        alias.RemoveAt(0);
        var queue = new Queue<int>();
        Action enqueue = () => queue.Enqueue(number);
        enqueue();
        Console.WriteLine(point.X + maybe + items.Count + queue.Count);
    }

    static void Increase(ref int value) => value++;

    static bool Swap(ref int value, int by)
    {
        (int old, value) = (value, by);
        return old != by;
    }

    static void Fill(List<int> target)
    {
        var mine = target;
        for (int i = 0; i < 2; i++)
            mine.Add(i);
    }
}
