using System;
using System.ComponentModel;

namespace ObjWatch.Trace.Reading;

/// <summary>Turns the times of a trace into those of another clock, so that traces of several processes can be put in one order.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ClockShift
{
    /// <summary>Leaves times as they are.</summary>
    public static readonly ClockShift None = new(0, 0, 1);

    private readonly long _own;
    private readonly long _other;
    private readonly double _rate;

    /// <param name="own">A moment by the trace's clock.</param>
    /// <param name="other">The same moment by the other clock.</param>
    /// <param name="rate">Ticks of the other clock for each of the trace's.</param>
    public ClockShift(ulong own, ulong other, double rate)
    {
        _own = (long)own;
        _other = (long)other;
        _rate = rate;
    }

    /// <summary>A time of the trace by the other clock.</summary>
    public ulong Align(ulong ticks)
    {
        long since = (long)ticks - _own;
        long aligned = _other + (_rate == 1 ? since : (long)(since * _rate));
        return (ulong)Math.Max(0, aligned);
    }
}
