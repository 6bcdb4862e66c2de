// Many async methods at once: on the thread pool, nested, cancelled, failing, some resumed inside of whoever completes them.
using System;
using System.Collections.Generic;
using System.Linq;
using System.Threading;
using System.Threading.Channels;
using System.Threading.Tasks;

namespace Subjects.Concurrency;

internal sealed class Account
{
    private readonly SemaphoreSlim _turn = new(1);
    private int _balance;

    public int Balance => _balance;

    public async Task<int> AddAsync(int amount)
    {
        await _turn.WaitAsync();
        try
        {
            int before = _balance;
            await Task.Yield();
            _balance = before + amount;
            return amount;
        }
        finally
        {
            _turn.Release();
        }
    }

    public async ValueTask<int> TwiceAsync(int amount, CancellationToken cancellation)
    {
        int first = await AddAsync(amount).ConfigureAwait(false);
        cancellation.ThrowIfCancellationRequested();
        int second = await AddAsync(amount).ConfigureAwait(false);
        if (amount % 10 == 0)
            throw new InvalidOperationException("round " + amount);
        return first + second;
    }
}

internal static class Program
{
    private static int s_handled;

    private static async Task<int> GuardedAsync(Account account, int amount, CancellationToken cancellation)
    {
        try
        {
            return await account.TwiceAsync(amount, cancellation);
        }
        catch (InvalidOperationException)
        {
            await Task.Yield();
            Interlocked.Increment(ref s_handled);
            return -1;
        }
    }

    private static async IAsyncEnumerable<int> ReadAllAsync(ChannelReader<int> reader)
    {
        while (await reader.WaitToReadAsync())
        {
            while (reader.TryRead(out int item))
                yield return item;
        }
    }

    private static async Task ProduceAsync(ChannelWriter<int> writer, int count)
    {
        for (int i = 1; i <= count; i++)
        {
            await writer.WriteAsync(i);
            if (i % 7 == 0)
                await Task.Yield();
        }

        writer.Complete();
    }

    private static async Task<int> InlineAsync(TaskCompletionSource<int> first, int levels)
    {
        if (levels == 0)
            return await first.Task;
        return await InlineAsync(first, levels - 1) + 1;
    }

    private static async Task<string> CancelAsync()
    {
        using var source = new CancellationTokenSource();
        source.Cancel();
        Task<int> work = new Account().TwiceAsync(5, source.Token).AsTask();
        try
        {
            return (await work).ToString();
        }
        catch (OperationCanceledException)
        {
            return "cancelled";
        }
    }

    private static async Task Main()
    {
        var account = new Account();
        int[] results = await Task.WhenAll(Enumerable.Range(1, 100).Select(n => GuardedAsync(account, n, CancellationToken.None)));
        Console.WriteLine(results.Sum() + " " + account.Balance + " " + s_handled);

        Channel<int> channel = Channel.CreateBounded<int>(3);
        Task produced = Task.Run(() => ProduceAsync(channel.Writer, 50));
        int sum = 0;
        await foreach (int item in ReadAllAsync(channel.Reader))
            sum += item;
        await produced;
        Console.WriteLine(sum);

        var first = new TaskCompletionSource<int>();
        Task<int> chain = InlineAsync(first, 20);
        first.SetResult(1);
        Console.WriteLine(await chain);
        Console.WriteLine(await CancelAsync());

        Task<int> any = await Task.WhenAny(account.AddAsync(0), Task.Delay(Timeout.Infinite).ContinueWith(_ => 0));
        Console.WriteLine(await any);
        long total = 0;
        await Parallel.ForEachAsync(Enumerable.Range(0, 200), async (n, _) =>
        {
            await Task.Yield();
            Interlocked.Add(ref total, n);
        });
        Console.WriteLine(total);
    }
}
