using System.Globalization;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>What stands in front of a line of detailed text, as in the Python original: <c>[2026-11-22 19:28:04.123] [DEBUG] objwatch:
/// </c>.</summary>
internal sealed class LinePrefix
{
    private readonly TraceClock _clock;
    private readonly string _level;
    private ulong _ticks;
    private string _text = "";

    public LinePrefix(TraceClock clock, string level)
    {
        _clock = clock;
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
            string time = _clock.Time(ticks).ToLocalTime().ToString("yyyy-MM-dd HH:mm:ss.fff", CultureInfo.InvariantCulture);
            _text = $"[{time}] [{_level}] objwatch: ";
        }

        buffer.AppendAscii(_text);
    }
}
