using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>What a safepoint says: all that the records behind it leave out. <see cref="RecordSchema"/> has its fields.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static unsafe class Safepoint
{
    /// <summary>Bytes of the record.</summary>
    public const int Size = 40;

    /// <summary>A word that, behind its head, tells it from anything else: <c>OWSP</c>.</summary>
    internal const uint Magic = 0x5053_574F;

    /// <summary>Where the magic stands.</summary>
    internal const int MagicOffset = 4;

    /// <summary>Where the check of the window before stands.</summary>
    internal const int CheckOffset = 8;

    /// <summary>Its head.</summary>
    public const uint Head = (uint)RecordKind.Safepoint | ((uint)Size << RecordHead.SiteShift);

    /// <summary>Writes all but the head, which makes it visible.</summary>
    /// <param name="place">Where.</param>
    /// <param name="check">The check of the window before; 0: there is none.</param>
    /// <param name="depth">The open depth.</param>
    /// <param name="ticks">The last time.</param>
    /// <param name="owner">The last owner.</param>
    /// <param name="ordinal">How many events the thread has had.</param>
    public static void Write(byte* place, uint check, int depth, long ticks, ulong owner, long ordinal)
    {
        *(uint*)(place + MagicOffset) = Magic;
        *(uint*)(place + CheckOffset) = check;
        *(int*)(place + 12) = depth;
        *(long*)(place + 16) = ticks;
        *(ulong*)(place + 24) = owner;
        *(long*)(place + 32) = ordinal;
    }
}
