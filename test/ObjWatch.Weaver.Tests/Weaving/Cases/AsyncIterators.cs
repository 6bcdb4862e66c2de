using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

class Feed : IAsyncDisposable
{
    int _read;

    public async IAsyncEnumerable<int> ReadAsync(int to, Task signal, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            for (int i = 1; i <= to; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                await signal;
                _read = i;
                yield return i * 10;
            }
        }
        finally
        {
            await Task.CompletedTask;
            _read = 0;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.CompletedTask;
        _read = -1;
    }
}

static class Program
{
    static void Main()
    {
        var signal = new TaskCompletionSource();
        Task<int> sum = SumAsync(signal.Task);
        signal.SetResult();
        Console.WriteLine(sum.Result);
        Console.WriteLine(CancelledAsync().Result);
    }

    static async Task<int> SumAsync(Task signal)
    {
        int sum = 0;
        await using var feed = new Feed();
        await foreach (int value in feed.ReadAsync(2, signal))
            sum += value;
        await foreach (int value in feed.ReadAsync(5, signal))
        {
            sum += value;
            if (value == 20)
                break;
        }

        return sum;
    }

    static async Task<string> CancelledAsync()
    {
        using var source = new CancellationTokenSource();
        try
        {
            await foreach (int value in new Feed().ReadAsync(3, Task.CompletedTask, source.Token))
                source.Cancel();
        }
        catch (OperationCanceledException e)
        {
            return e.GetType().Name;
        }

        return "";
    }
}
