using System;
using System.Threading;

struct Pair
{
    public int Left;
    public int Right;
}

class Store
{
    int _count;
    Pair _pair;

    public void Leaves() => Change(ref _count, 1, fails: true);

    public int Catches()
    {
        try
        {
            Change(ref _count, 2, fails: true);
        }
        catch (InvalidOperationException)
        {
            _count++;
        }
        finally
        {
            _pair.Left = _count;
        }

        return Interlocked.Add(ref _count, 5) / Zero(ref _pair.Right);
    }

    static int Zero(ref int place)
    {
        place += 7;
        return 0;
    }

    static void Change(ref int place, int value, bool fails)
    {
        place = value;
        if (fails)
            throw new InvalidOperationException("after the change");
    }
}

static unsafe class Program
{
    static void Main()
    {
        var store = new Store();
        Try(store.Leaves);
        Try(() => store.Catches());
        var pair = new Pair { Left = 1 };
        Compound(ref pair);
        Console.WriteLine(pair.Left + pair.Right + Pointer());
    }

    static void Compound(ref Pair pair)
    {
        pair.Left += 10;
        ref Pair same = ref pair;
        same.Right += 20;
        Interlocked.Exchange(ref same.Right, 30);
    }

    static int Pointer()
    {
        Pair pair = default;
        Pair* pointer = &pair;
        pointer->Left += 100;
        pointer->Right++;
        return pair.Left + pair.Right;
    }

    static void Try(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e)
        {
            Console.WriteLine(e.Message);
        }
    }
}
