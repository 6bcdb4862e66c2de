using System;
using System.Collections.Generic;
using System.Threading.Tasks;

class Orders
{
    readonly List<string> _log = new();
    int _count;

    public string Last { get; set; } = "";

    public async Task<int> AddAsync(string name, Task<int> price)
    {
        _count++;
        int paid = await price;
        _log.Add(name);
        Last = name;
        return paid + _count;
    }

    public async ValueTask<string> QuickAsync(bool wait, Task signal)
    {
        if (wait)
            await signal.ConfigureAwait(false);
        _count = 10;
        return "quick";
    }

    public async Task FailAsync(Task signal)
    {
        try
        {
            await signal;
        }
        catch (OperationCanceledException)
        {
            await Task.CompletedTask;
            _count = -1;
            throw new InvalidOperationException("failed");
        }
        finally
        {
            _log.Clear();
        }
    }

    public async void Fire(Task signal)
    {
        await signal;
        _count = 99;
    }

    public async Task OuterAsync(Task<int> price)
    {
        int sum = await AddAsync("outer", price) + await AddAsync("again", Task.FromResult(1));
        _count = sum;
    }
}

class Base
{
    public Base(bool fails)
    {
        if (fails)
            throw new ArgumentException("base");
    }
}

class Derived : Base
{
    public Derived()
        : base(true)
    {
    }
}

static class Program
{
    static void Main()
    {
        var orders = new Orders();
        var price = new TaskCompletionSource<int>();
        Task<int> added = orders.AddAsync("book", price.Task);
        Console.WriteLine("waiting");
        price.SetResult(5);
        Console.WriteLine(added.Result);

        var signal = new TaskCompletionSource();
        ValueTask<string> quick = orders.QuickAsync(true, signal.Task);
        Console.WriteLine(orders.QuickAsync(false, signal.Task).Result);
        signal.SetResult();
        Console.WriteLine(quick.Result);

        var cancelled = new TaskCompletionSource();
        Task failing = orders.FailAsync(cancelled.Task);
        cancelled.SetCanceled();
        Console.WriteLine(failing.Exception!.InnerException!.Message);

        var fire = new TaskCompletionSource();
        orders.Fire(fire.Task);
        fire.SetResult();

        var late = new TaskCompletionSource<int>();
        Task outer = Deeper(3, () => orders.OuterAsync(late.Task));
        late.SetResult(7);
        Console.WriteLine(outer.IsCompletedSuccessfully);

        Console.WriteLine(Lambda(orders).Result);
        Console.WriteLine(Caught().Result);
    }

    static Task Deeper(int levels, Func<Task> start) => levels == 0 ? start() : Deeper(levels - 1, start);

    static Task<int> Lambda(Orders orders)
    {
        var signal = new TaskCompletionSource();
        Func<int, Task<int>> function = async n =>
        {
            await signal.Task;
            return await Local(n);
        };
        Task<int> result = function(20);
        signal.SetResult();
        return result;

        async Task<int> Local(int n)
        {
            orders.Last = "local";
            await Task.CompletedTask;
            return n + 1;
        }
    }

    static async Task<string> Caught()
    {
        try
        {
            await Task.CompletedTask;
            return new Derived().ToString()!;
        }
        catch (ArgumentException e)
        {
            return e.Message;
        }
    }
}
