using System;
using System.Globalization;
using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>What stands in front of a line of detailed text, as in the Python original: <c>[2026-11-22 19:28:04.123] [DEBUG] objwatch: </c>.</summary>
internal sealed class LinePrefix
{
    private readonly TraceHeader _header;
    private readonly string _level;
    private ulong _ticks;
    private string _text = "";

    public LinePrefix(TraceHeader header, string level)
    {
        _header = header;
        _level = level;
    }

    /// <summary>Writes it.</summary>
    /// <param name="buffer">Where to.</param>
    /// <param name="ticks">The time of the event, or of the last one of its thread that has one.</param>
    public void Write(Utf8Buffer buffer, ulong ticks)
    {
        if (ticks != _ticks || _text.Length == 0)
        {
            _ticks = ticks;
            _text = $"[{Time(ticks).ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture)}] [{_level}] objwatch: ";
        }

        buffer.AppendAscii(_text);
    }

    private DateTime Time(ulong ticks)
    {
        double seconds = ((double)ticks - _header.StartTicks) / _header.Frequency;
        // What a damaged trace says may lie anywhere.
        return seconds is >= 0 and < 3e9 && (DateTime.MaxValue - _header.StartTime).TotalSeconds > seconds
            ? _header.StartTime.AddSeconds(seconds).ToLocalTime() : _header.StartTime.ToLocalTime();
    }
}
