using System;
using System.Runtime.CompilerServices;
using System.Threading.Tasks;

[AsyncMethodBuilder(typeof(LazyBuilder<>))]
class Lazily<T>
{
    readonly Action _start;

    public Lazily(Action start) => _start = start;

    public T? Result { get; set; }

    public T? Run()
    {
        _start();
        return Result;
    }
}

// Its methods begin only when they are asked to.
struct LazyBuilder<T>
{
    Lazily<T> _task;
    Action _moveNext;

    public static LazyBuilder<T> Create() => default;

    public Lazily<T> Task => _task;

    public void Start<TStateMachine>(ref TStateMachine stateMachine) where TStateMachine : IAsyncStateMachine
    {
        IAsyncStateMachine? boxed = null;
        _task = new Lazily<T>(() => boxed!.MoveNext());
        boxed = stateMachine;
    }

    public void SetStateMachine(IAsyncStateMachine stateMachine)
    {
    }

    public void SetResult(T result) => _task.Result = result;

    public void SetException(Exception exception) => throw exception;

    public void AwaitOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : INotifyCompletion where TStateMachine : IAsyncStateMachine => awaiter.OnCompleted(stateMachine.MoveNext);

    public void AwaitUnsafeOnCompleted<TAwaiter, TStateMachine>(ref TAwaiter awaiter, ref TStateMachine stateMachine)
        where TAwaiter : ICriticalNotifyCompletion where TStateMachine : IAsyncStateMachine => awaiter.OnCompleted(stateMachine.MoveNext);
}

class Shop
{
    int _sold;

    public async Lazily<string> SellAsync(int count)
    {
        _sold += count;
        await Task.CompletedTask;
        return "sold " + _sold;
    }

    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder<>))]
    public async ValueTask<int> PooledAsync(Task<int> count)
    {
        _sold += await count;
        return _sold;
    }
}

static class Program
{
    static void Main()
    {
        var shop = new Shop();
        Lazily<string> later = shop.SellAsync(3);
        Console.WriteLine("not yet");
        Console.WriteLine(later.Run());
        for (int i = 0; i < 2; i++)
        {
            var count = new TaskCompletionSource<int>();
            ValueTask<int> sold = shop.PooledAsync(count.Task);
            count.SetResult(i);
            Console.WriteLine(sold.Result);
        }
    }
}
