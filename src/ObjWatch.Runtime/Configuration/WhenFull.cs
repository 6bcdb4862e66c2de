using System;
using System.Globalization;
using ObjWatch.Diagnostics;
using ObjWatch.Trace.Format;

namespace ObjWatch.Configuration;

/// <summary>What becomes of an event for which no room is ready: <c>wait</c>, <c>drop</c> or <c>ring:N</c>.</summary>
/// <param name="Drops">Whether a thread goes on without waiting, and its events are counted instead of recorded.</param>
/// <param name="RingChunks">How many chunks of events a ring keeps; 0: all events are kept.</param>
internal readonly record struct WhenFull(bool Drops, int RingChunks)
{
    /// <summary>What a ring keeps where nobody says how much.</summary>
    private const int UsualMebibytes = 64;

    private const int MostMebibytes = 1024 * 1024;
    private const int ChunksOfMebibyte = 1024 * 1024 / TraceFormat.ChunkSize;

    /// <summary>A thread that outruns the disk waits for it, so that no event is lost.</summary>
    public static WhenFull Wait => default;

    /// <summary>Understands the option's value; what it does not understand it names on standard error, and waits.</summary>
    public static WhenFull Parse(string? text)
    {
        string value = (text ?? "").Trim();
        if (TryParse(value, out WhenFull policy))
            return policy;
        StandardError.Say($"warning OBJW1150: WhenFull '{value}' is ignored: it must be wait, drop, or ring:N with N the MiB to keep");
        return Wait;
    }

    private static bool TryParse(string value, out WhenFull policy)
    {
        policy = Wait;
        if (value.Length == 0 || Is(value, "wait"))
            return true;
        policy = new WhenFull(Drops: true, RingChunks: 0);
        if (Is(value, "drop"))
            return true;
        string[] parts = value.Split(':');
        int mebibytes = UsualMebibytes;
        bool known = Is(parts[0], "ring") && parts.Length <= 2
            && (parts.Length == 1 || (int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out mebibytes)
                && mebibytes is > 0 and <= MostMebibytes));
        policy = new WhenFull(Drops: false, mebibytes * ChunksOfMebibyte);
        return known;
    }

    private static bool Is(string value, string name) => value.Equals(name, StringComparison.OrdinalIgnoreCase);
}
