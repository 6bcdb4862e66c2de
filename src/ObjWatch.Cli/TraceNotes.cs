using System;
using System.Collections.Generic;
using System.Globalization;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Cli;

/// <summary>What there is to say about the end of a trace and what is missing in it.</summary>
internal static class TraceNotes
{
    private const uint ChunksOfMebibyte = 1024 * 1024 / TraceFormat.ChunkSize;

    /// <summary>One sentence for each; none where the trace is whole.</summary>
    public static IEnumerable<string> Of(TraceReader reader, ulong eventsLost)
    {
        if (!TraceHeader.IsClosed(reader.File))
            yield return "the trace was not closed: its process was killed or crashed, or is still running; what it had recorded is all "
                + "there";
        if (reader.IsRing)
        {
            yield return string.Create(CultureInfo.InvariantCulture,
                $"the trace is a ring of {reader.Header.RingChunks / ChunksOfMebibyte} MiB: when it is full, the oldest events make room "
                + $"for new ones");
        }

        if (eventsLost > 0)
            yield return string.Create(CultureInfo.InvariantCulture, $"{eventsLost} events were not recorded, as the trace itself says");
        foreach (string damage in reader.Damage.Describe())
            yield return "damaged: " + damage;
    }
}
