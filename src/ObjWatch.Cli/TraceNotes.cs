using System;
using System.Collections.Generic;
using System.Globalization;
using ObjWatch.Trace;

namespace ObjWatch.Cli;

/// <summary>What there is to say about the end of a trace and what is missing in it.</summary>
internal static class TraceNotes
{
    /// <summary>One sentence for each; none where the trace is whole.</summary>
    public static IEnumerable<string> Of(TraceReader reader, ulong eventsLost)
    {
        if (!reader.Header.Closed)
            yield return "the trace was not closed: its process was killed or crashed, or is still running; what it had recorded is all there";
        if (reader.IsRing)
            yield return string.Create(CultureInfo.InvariantCulture, $"the trace is a ring that keeps the last {reader.Header.RingChunks / 16} MiB of events: earlier ones were overwritten");
        if (eventsLost > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{eventsLost} events were not recorded, as the trace itself says");
        foreach (string damage in reader.Damage.Describe())
            yield return "damaged: " + damage;
    }
}
