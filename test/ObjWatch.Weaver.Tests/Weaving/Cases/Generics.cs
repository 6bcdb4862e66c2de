using System;
using System.Collections.Generic;

static class Program
{
    static void Main()
    {
        var box = Box.Of(5);
        box.Item = 6;
        box.Swap<string>("seven");
        var words = new Box<string>();
        words.Item = "hello";
        words.Push("a");
        words.Push("b");
        Box<int>.Count = 3;
        Pair<int, string>.Inner<double> inner = new() { Value = 1.5 };
        inner.Value = 2.5;
    }
}

static class Box
{
    public static Box<T> Of<T>(T item) => new() { Item = item };
}

class Box<T>
{
    private readonly Stack<T> pushed = new();

    public static int Count;

    public T Item;

    public (T, U) Swap<U>(U other)
    {
        T old = Item;
        Item = default;
        return (old, other);
    }

    public void Push(T item) => pushed.Push(item);
}

class Pair<A, B>
{
    public class Inner<C>
    {
        public C Value;
    }
}
