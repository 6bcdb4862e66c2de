using System;
using System.Diagnostics.CodeAnalysis;
using BenchmarkDotNet.Attributes;

namespace ObjWatch.Benchmarks;

/// <summary>The cost of an event, and what it is compared with.</summary>
[InProcess]
[MaxIterationCount(20)]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls the cleanup.")]
public class EventBenchmarks
{
    private const int Count = 100_000;

    private HotCode _hot = null!;
    private Comparisons _comparisons = null!;
    private IDisposable _session = null!;

    [GlobalSetup]
    public void Start()
    {
        _hot = new HotCode();
        _comparisons = new Comparisons();
        _session = _hot.Trace();
    }

    [GlobalCleanup]
    public void Stop()
    {
        _session.Dispose();
        _comparisons.Dispose();
        _hot.Dispose();
    }

    [Benchmark(OperationsPerInvoke = Count)]
    public void Update() => _hot.Store(Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public void StoreOf32Bytes() => _comparisons.StoreBytes(Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public int RunAndEnd() => _hot.Call(Count);

    [Benchmark(OperationsPerInvoke = Count)]
    [SuppressMessage("Performance", "CA1822", Justification = "BenchmarkDotNet wants instance methods.")]
    public long TwoTimestamps() => Comparisons.TwoTimestamps(Count);

    [Benchmark(OperationsPerInvoke = Count)]
    public void TextLine() => _comparisons.WriteLine(Count);
}
