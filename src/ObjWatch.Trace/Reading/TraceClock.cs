using System;
using System.ComponentModel;

namespace ObjWatch.Trace.Reading;

/// <summary>Turns a trace's ticks into nanoseconds since recording began: that of the trace, or of all that are read together.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TraceClock
{
    private const ulong NanosecondsPerSecond = 1_000_000_000;
    private const long NanosecondsPerTick = 100;

    private readonly ClockShift _shift;
    private readonly ulong _start;
    private readonly ulong _frequency;

    /// <summary>The clock of a trace alone.</summary>
    public TraceClock(TraceHeader header)
        : this(ClockShift.None, header.StartTicks, header.Frequency, header.StartTime)
    {
    }

    /// <summary>A clock of several traces, as one of them sees it.</summary>
    /// <param name="shift">Turns the trace's ticks into the common ones.</param>
    /// <param name="start">The common tick at which the first of the traces began.</param>
    /// <param name="frequency">Common ticks per second.</param>
    /// <param name="startTime">UTC at that time.</param>
    public TraceClock(ClockShift shift, ulong start, ulong frequency, DateTime startTime)
    {
        _shift = shift;
        _start = start;
        _frequency = frequency;
        StartTime = startTime;
    }

    /// <summary>UTC when recording began.</summary>
    public DateTime StartTime { get; }

    /// <summary>A time as a common tick, by which events of several traces are put in order.</summary>
    public ulong Align(ulong ticks) => _shift.Align(ticks);

    /// <summary>The nanoseconds; 0 for what was before the start.</summary>
    internal long Nanoseconds(ulong ticks)
    {
        ticks = _shift.Align(ticks);
        if (ticks <= _start)
            return 0;
        ulong passed = ticks - _start;
        // Whole seconds and the rest on their own: their product with a billion would not fit.
        ulong nanoseconds = passed / _frequency * NanosecondsPerSecond + passed % _frequency * NanosecondsPerSecond / _frequency;
        return (long)(nanoseconds & long.MaxValue);
    }

    /// <summary>The time of day, UTC. What a damaged trace says may lie anywhere: then it is when recording began.</summary>
    public DateTime Time(ulong ticks)
    {
        long passed = Nanoseconds(ticks) / NanosecondsPerTick;
        return (DateTime.MaxValue - StartTime).Ticks > passed ? StartTime.AddTicks(passed) : StartTime;
    }
}
