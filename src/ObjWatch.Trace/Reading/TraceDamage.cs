using System.Collections.Generic;
using System.ComponentModel;
using System.Globalization;

namespace ObjWatch.Trace.Reading;

/// <summary>What was found wrong in a trace while reading it. Reading goes on after each of these.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TraceDamage
{
    /// <summary>Whether the file's header is not what a recorder writes.</summary>
    internal bool BadHeader { get; set; }

    /// <summary>Records that cannot be what a recorder wrote, and places where there should be more.</summary>
    internal long BadRecords { get; set; }

    /// <summary>Bytes skipped at these places until records went on, or to the end of the chunk.</summary>
    internal long SkippedBytes { get; set; }

    /// <summary>Records of which a part could not be understood; the rest of them was rendered.</summary>
    public long BadValues { get; set; }

    /// <summary>Stretches of records in which something is not what was recorded, though it could be read.</summary>
    internal long BadWindows { get; set; }

    /// <summary>Definitions that could not be understood; what refers to them has no name.</summary>
    internal long BadDefinitions { get; set; }

    /// <summary>Places for a chunk that hold something else.</summary>
    internal long BadChunks { get; set; }

    /// <summary>Chunks that should be there, since a later one of their stream is.</summary>
    internal long MissingChunks { get; set; }

    /// <summary>Chunks whose last records are missing, and the mark behind them.</summary>
    internal long UnmarkedChunks { get; set; }

    /// <summary>Chunks that the end of the file cuts off.</summary>
    internal long CutChunks { get; set; }

    /// <summary>Bytes that have been cut off since the trace was closed.</summary>
    internal ulong MissingBytes { get; set; }

    /// <summary>Whether there is anything to tell.</summary>
    public bool Any => BadHeader || MissingBytes > 0
        || BadRecords + BadWindows + BadValues + BadDefinitions + BadChunks + MissingChunks + CutChunks + UnmarkedChunks > 0;

    /// <summary>One phrase for each kind of damage found.</summary>
    public IEnumerable<string> Describe()
    {
        if (BadHeader)
            yield return "the file's header";
        if (MissingBytes > 0)
            yield return "the last " + MissingBytes.ToString(CultureInfo.InvariantCulture) + " bytes are missing";
        else if (CutChunks > 0)
            yield return "the file ends in the middle of a chunk";
        if (MissingChunks > 0)
            yield return Count(MissingChunks, "missing chunk", "missing chunks");
        if (UnmarkedChunks > 0)
            yield return Count(UnmarkedChunks, "chunk without its end", "chunks without their end");
        if (BadChunks > 0)
            yield return Count(BadChunks, "unreadable chunk", "unreadable chunks");
        if (BadRecords > 0)
        {
            yield return Count(BadRecords, "unreadable record", "unreadable records") + " ("
                + SkippedBytes.ToString(CultureInfo.InvariantCulture) + " bytes were skipped)";
        }

        if (BadWindows > 0)
            yield return Count(BadWindows, "stretch", "stretches") + " of records whose check does not hold";
        if (BadValues > 0)
            yield return Count(BadValues, "record", "records") + " with an unreadable value";
        if (BadDefinitions > 0)
            yield return Count(BadDefinitions, "unreadable definition", "unreadable definitions");
    }

    private static string Count(long count, string one, string many) =>
        count.ToString(CultureInfo.InvariantCulture) + " " + (count == 1 ? one : many);
}
