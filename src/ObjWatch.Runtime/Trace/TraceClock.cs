namespace ObjWatch.Trace;

/// <summary>Turns a trace's ticks into nanoseconds since recording began.</summary>
internal sealed class TraceClock
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;

    private readonly ulong _start;
    private readonly ulong _frequency;

    public TraceClock(TraceHeader header)
    {
        _start = header.StartTicks;
        _frequency = header.Frequency;
    }

    /// <summary>The nanoseconds; 0 for what was before the start.</summary>
    public long Nanoseconds(ulong ticks)
    {
        if (ticks <= _start)
            return 0;
        ulong passed = ticks - _start;
        // Whole seconds and the rest on their own: their product with a billion would not fit.
        ulong nanoseconds = passed / _frequency * NanosecondsPerSecond + passed % _frequency * NanosecondsPerSecond / _frequency;
        return (long)(nanoseconds & long.MaxValue);
    }
}
