// Threads: each with its own stack, thread statics, locks, the pool, timers' threads ending while others run.
using System;
using System.Collections.Concurrent;
using System.Linq;
using System.Threading;
using System.Threading.Tasks;

namespace Subjects.Threads;

internal sealed class Account
{
    private readonly Lock _gate = new();
    private int _balance;

    [ThreadStatic]
    private static int t_deposits;

    public int Balance => _balance;

    public int Deposit(int amount)
    {
        lock (_gate)
        {
            _balance += amount;
        }

        return ++t_deposits;
    }

    public static int Deposits => t_deposits;
}

internal sealed class Channel
{
    private readonly object _gate = new();
    private int _value;
    private bool _full;

    public void Put(int value)
    {
        lock (_gate)
        {
            while (_full)
                Monitor.Wait(_gate);
            _value = value;
            _full = true;
            Monitor.PulseAll(_gate);
        }
    }

    public int Take()
    {
        lock (_gate)
        {
            while (!_full)
                Monitor.Wait(_gate);
            _full = false;
            Monitor.PulseAll(_gate);
            return _value;
        }
    }
}

internal static class Program
{
    private static int s_deep;

    private static int Depth(int to) => to == 0 ? 0 : 1 + Depth(to - 1);

    private static void Main()
    {
        var account = new Account();
        var deposits = new ConcurrentBag<int>();
        Thread[] threads = Enumerable.Range(1, 4).Select(number => new Thread(() =>
        {
            for (int i = 0; i < 200; i++)
                account.Deposit(number);
            deposits.Add(Account.Deposits);
        }) { Name = "worker " + number }).ToArray();
        foreach (Thread thread in threads)
            thread.Start();
        foreach (Thread thread in threads)
            thread.Join();
        Console.WriteLine($"{account.Balance} {string.Join(",", deposits)} {Account.Deposits}");

        var channel = new Channel();
        var consumer = Task.Run(() =>
        {
            int sum = 0;
            for (int i = 0; i < 100; i++)
                sum += channel.Take();
            return sum;
        });
        for (int i = 0; i < 100; i++)
            channel.Put(i);
        Console.WriteLine(consumer.Result);

        int total = 0;
        Parallel.For(0, 50, number => Interlocked.Add(ref total, number));
        Console.WriteLine(total);

        var deep = new Thread(() => s_deep = Depth(20_000), 64 << 20);
        deep.Start();
        deep.Join();
        Console.WriteLine(s_deep);

        Exception? caught = null;
        var failing = new Thread(() =>
        {
            try
            {
                Fail();
            }
            catch (InvalidOperationException exception)
            {
                caught = exception;
            }
        });
        failing.Start();
        failing.Join();
        Console.WriteLine(caught?.Message);
    }

    private static void Fail() => throw new InvalidOperationException("on another thread");
}
