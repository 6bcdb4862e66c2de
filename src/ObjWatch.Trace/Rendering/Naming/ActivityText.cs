using System;
using System.Globalization;
using System.Text;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes the activity around a run as W3C's trace context does: <c>00-(trace id)-(span id)-01</c>, without version and
/// flags.</summary>
internal static class ActivityText
{
    /// <summary>Its ids: 32 hexadecimal digits, a hyphen, and 16.</summary>
    public static byte[] Of(RecordedEvent run)
    {
        var text = new StringBuilder();
        // The bytes are in the order in which they are written, not in that of a Guid's numbers.
        foreach (byte part in run.ActivityTrace.ToByteArray())
            text.Append(part.ToString("x2", CultureInfo.InvariantCulture));
        return Encoding.ASCII.GetBytes(text.Append('-').Append(run.ActivitySpan.ToString("x16", CultureInfo.InvariantCulture)).ToString());
    }
}
