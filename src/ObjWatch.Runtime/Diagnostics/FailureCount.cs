using System.Threading;

namespace ObjWatch.Diagnostics;

/// <summary>Counts failures of one kind, of which only the first is told.</summary>
internal sealed class FailureCount
{
    private long _count;

    /// <summary>How many there were.</summary>
    public long Value => Interlocked.Read(ref _count);

    /// <summary>Counts one.</summary>
    /// <returns>Whether it is the first.</returns>
    public bool Add() => Interlocked.Increment(ref _count) == 1;
}
