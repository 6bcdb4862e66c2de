using System;
using System.Diagnostics;
using System.Globalization;

namespace ObjWatch.Ranks;

/// <summary>A barrier that all ranks have passed: the moments at which this one entered and left it, by the clock of its trace.</summary>
/// <param name="Entered">Stopwatch ticks right before it.</param>
/// <param name="Left">Stopwatch ticks right after it.</param>
internal sealed record ClockBarrier(long Entered, long Left)
{
    /// <summary>How long Start waits for the other ranks.</summary>
    public static readonly TimeSpan Timeout = TimeSpan.FromSeconds(10);

    /// <summary>Waits for the other ranks, and notes the time.</summary>
    /// <returns>Null if some rank did not come.</returns>
    public static ClockBarrier? Pass(IRankProvider provider)
    {
        // After the first one all ranks are here, so that nobody waits long in the second: its length bounds the clocks' error.
        if (!provider.Barrier(Timeout))
            return null;
        long entered = Stopwatch.GetTimestamp();
        return provider.Barrier(Timeout) ? new ClockBarrier(entered, Stopwatch.GetTimestamp()) : null;
    }

    /// <summary>As the trace has it.</summary>
    public string ToFact() => string.Format(CultureInfo.InvariantCulture, "{0} {1} {2:O}", Entered, Left, DateTime.UtcNow);
}
