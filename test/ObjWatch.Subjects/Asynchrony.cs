// Async methods of every return type, async iterators, exceptions and finally blocks across awaits.
using System;
using System.Collections.Generic;
using System.Runtime.CompilerServices;
using System.Threading;
using System.Threading.Tasks;

namespace Subjects.Asynchrony;

internal sealed class Worker : IAsyncDisposable
{
    private readonly List<string> _log = [];
    private int _done;

    public int Done => _done;

    public string Log => string.Join(" ", _log);

    public async Task<int> AddAsync(int left, int right)
    {
        await Task.Yield();
        _done++;
        int sum = left + right;
        await Task.Delay(1).ConfigureAwait(false);
        _log.Add($"add{sum}");
        return sum;
    }

    public async ValueTask<string> QuickAsync(bool wait)
    {
        if (wait)
            await Task.Yield();
        _done++;
        return wait ? "waited" : "at once";
    }

    public async Task FailAsync(int number)
    {
        try
        {
            await Task.Yield();
            if (number > 1)
                throw new InvalidOperationException("fail " + number);
            _log.Add("ok");
        }
        catch (InvalidOperationException exception) when (exception.Message.EndsWith('2'))
        {
            await Task.Yield();
            _log.Add("caught");
        }
        finally
        {
            await Task.Yield();
            _log.Add("finally" + number);
        }
    }

    public async void Fire(TaskCompletionSource<int> done)
    {
        try
        {
            int sum = await AddAsync(20, 22);
            _log.Add("fired");
            done.SetResult(sum);
        }
        catch (Exception exception)
        {
            done.SetException(exception);
        }
    }

    public async IAsyncEnumerable<int> CountAsync(int to, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        try
        {
            for (int i = 0; i < to; i++)
            {
                cancellation.ThrowIfCancellationRequested();
                await Task.Yield();
                _done = i;
                yield return i * i;
            }
        }
        finally
        {
            _log.Add("counted");
        }
    }

    public async ValueTask DisposeAsync()
    {
        await Task.Yield();
        _log.Add("disposed");
    }
}

internal static class Generic<T>
{
    private static T? s_last;

    public static async Task<TResult> ApplyAsync<TResult>(T value, Func<T, Task<TResult>> function)
    {
        s_last = value;
        TResult result = await function(value);
        return result;
    }

    public static T? Last => s_last;
}

internal struct Stepper
{
    private int _steps;

    public async Task<int> StepAsync(int by)
    {
        _steps += by;
        await Task.Yield();
        _steps += by;
        return _steps;
    }

    public readonly int Steps => _steps;
}

internal readonly struct Soon(int value)
{
    public Awaiter GetAwaiter() => new(value);

    internal readonly struct Awaiter(int value) : INotifyCompletion
    {
        public bool IsCompleted => value % 2 == 0;

        public int GetResult() => value * 10;

        public void OnCompleted(Action continuation) => ThreadPool.QueueUserWorkItem(_ => continuation());
    }
}

[AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
internal delegate ValueTask Pooled();

internal static class Program
{
    private static readonly AsyncLocal<string> _ambient = new();

    private static async Task<string> AmbientAsync(string name)
    {
        _ambient.Value = name;
        await Task.Yield();
        return _ambient.Value!;
    }

    private static async Task<int> RecursiveAsync(int depth)
    {
        if (depth == 0)
            return 0;
        await Task.Yield();
        return depth + await RecursiveAsync(depth - 1);
    }

    private static async Task<long> ManyLocalsAsync(int seed)
    {
        int a = seed, b = a + 1, c = b + 1;
        string text = "t" + a;
        await Task.Yield();
        (int x, string y) = (a * b, text + c);
        await Task.Yield();
        Func<int> closure = () => x + a++;
        a += closure();
        lock (text)
            b += a;
        return a + b + c + x + y.Length;
    }

    private static async Task SwitchAsync(object value)
    {
        switch (value)
        {
            case int number when await IsLargeAsync(number):
                Console.WriteLine("large");
                break;
            case int:
                Console.WriteLine("int");
                break;
            case string { Length: > 2 } text:
                Console.WriteLine(text);
                break;
            default:
                goto case "other";
            case "other":
                Console.WriteLine("other");
                break;
        }
    }

    private static async ValueTask<bool> IsLargeAsync(int number) => await new Soon(number) > 1000;

    // Who has completed a task may still be leaving its methods, on a thread of the pool, when the program is at its end.
    private static void Settle()
    {
        int busy;
        do
        {
            Thread.Yield();
            ThreadPool.GetMaxThreads(out int most, out _);
            ThreadPool.GetAvailableThreads(out int free, out _);
            busy = most - free;
        }
        while (busy > (Thread.CurrentThread.IsThreadPoolThread ? 1 : 0));
    }

    private static async Task Main(string[] args)
    {
        var worker = new Worker();
        await using (worker)
        {
            Console.WriteLine(await worker.AddAsync(1, await worker.AddAsync(2, 3)));
            Console.WriteLine(await worker.QuickAsync(false) + " " + await worker.QuickAsync(true));
            for (int i = 1; i <= 3; i++)
            {
                try
                {
                    await worker.FailAsync(i);
                }
                catch (InvalidOperationException exception)
                {
                    Console.WriteLine(exception.Message);
                }
            }

            var done = new TaskCompletionSource<int>(TaskCreationOptions.RunContinuationsAsynchronously);
            worker.Fire(done);
            Console.WriteLine(await done.Task);
            int total = 0;
            await foreach (int square in worker.CountAsync(6))
            {
                if (square > 10)
                    break;
                total += square;
            }

            Console.WriteLine(total);
            using var cancellation = new CancellationTokenSource();
            try
            {
                await foreach (int square in worker.CountAsync(6).WithCancellation(cancellation.Token))
                {
                    if (square == 4)
                        cancellation.Cancel();
                }
            }
            catch (OperationCanceledException)
            {
                Console.WriteLine("cancelled " + worker.Done);
            }
        }

        Console.WriteLine(worker.Log);
        Console.WriteLine(await Generic<string>.ApplyAsync("five", async text =>
        {
            await Task.Yield();
            return text.Length;
        }) + Generic<string>.Last);
        var stepper = new Stepper();
        Console.WriteLine(await stepper.StepAsync(3) + " " + stepper.Steps);
        Console.WriteLine(await new Soon(4) + await new Soon(5));
        Console.WriteLine(await RecursiveAsync(50));
        Console.WriteLine(await ManyLocalsAsync(3));
        await SwitchAsync(500);
        await SwitchAsync(5);
        await SwitchAsync("three");
        await SwitchAsync(2.0);
        int[] sums = await Task.WhenAll(new Worker().AddAsync(1, 1), new Worker().AddAsync(2, 2), new Worker().AddAsync(3, 3));
        Console.WriteLine(string.Join(",", sums));
        Console.WriteLine(string.Join(",", await Task.WhenAll(AmbientAsync("a"), AmbientAsync("b"))) + (_ambient.Value ?? "none"));
        Settle();
        Console.WriteLine(args.Length);
    }
}
