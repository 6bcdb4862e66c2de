using System;
using System.Runtime.CompilerServices;
using System.Threading;

// Fields changed through their addresses at the borders of try blocks and handlers, and fields too large to be copied at every level of a recursion.
internal static class Regions
{
    private static int Main()
    {
        var account = new Account();
        Console.WriteLine(account.LastInTry());
        Console.WriteLine(account.LastInCatch());
        Console.WriteLine(account.Nested());
        Console.WriteLine(account.Thrown());
        Console.WriteLine(new Ring().Sum(300));
        Console.WriteLine(new Page().Fill(120));
        return 0;
    }
}

internal sealed class Account
{
    private static int _opened;
    private int _balance;

    public int LastInTry()
    {
        try
        {
            Interlocked.Increment(ref _balance);
        }
        finally
        {
            _balance += 10;
        }

        return _balance;
    }

    public int LastInCatch()
    {
        try
        {
            throw new FormatException();
        }
        catch (FormatException) when (Interlocked.Increment(ref _opened) > 0)
        {
            Interlocked.Increment(ref _balance);
        }
        finally
        {
            Interlocked.Add(ref _opened, 5);
        }

        return _balance + _opened;
    }

    public int Nested()
    {
        try
        {
            try
            {
                Set(ref _balance, 3);
            }
            catch (FormatException)
            {
                Set(ref _balance, 4);
            }
        }
        finally
        {
            lock (this)
                Set(ref _balance, _balance + 5);
        }

        return _balance;
    }

    public int Thrown()
    {
        try
        {
            Set(ref _balance, 77);
            throw new InvalidOperationException();
        }
        catch (InvalidOperationException)
        {
            return _balance;
        }
    }

    private static void Set(ref int place, int value) => place = value;
}

[InlineArray(4000)]
internal struct Slots
{
    private int _first;
}

internal sealed class Ring
{
    private Slots _slots;

    public int Sum(int n)
    {
        _slots[n] = n;
        return n == 0 ? _slots[0] : _slots[n] + Sum(n - 1);
    }
}

internal unsafe struct Bytes
{
    public fixed byte Data[20000];
    public int Used;
}

internal sealed class Page
{
    private Bytes _bytes;

    public unsafe int Fill(int n)
    {
        _bytes.Data[n] = (byte)n;
        _bytes.Used++;
        return n == 0 ? _bytes.Used : Fill(n - 1) + _bytes.Data[n];
    }
}
