using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>The words at a record's beginning, in version 2: the head, which has the code in its low 8 bits and the site or the size in the
/// others, and the extent of those that have one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RecordHead
{
    /// <summary>How far the site, or the size of a record without a site, is shifted.</summary>
    public const int SiteShift = 8;

    /// <summary>Of an extent: how far what stands behind the size is shifted.</summary>
    public const int DetailShift = 12;

    /// <summary>In the code of a call: time and depth are stated.</summary>
    public const uint Stated = 1;

    /// <summary>In the code of a run: it carries an activity and a flow.</summary>
    internal const uint Flow = 2;

    /// <summary>In the extent of a change: how far its <see cref="OwnerForm"/> is shifted.</summary>
    public const int FormShift = DetailShift;

    /// <summary>In the extent of a change: it states its line.</summary>
    public const uint LineStated = 1u << (FormShift + 2);

    /// <summary>In the extent of a change: it was seen later than it happened.</summary>
    internal const uint SeenLater = 1u << (FormShift + 3);

    /// <summary>In the extent of a change of an element: it states which part of it changed.</summary>
    internal const uint PartStated = 1u << (FormShift + 4);

    /// <summary>As many ticks since the thread's last record with a time must a call state.</summary>
    public const ulong TicksToState = 1UL << (32 - DetailShift);

    /// <summary>The head of a record with a site.</summary>
    public static uint Of(uint code, int site) => code | ((uint)site << SiteShift);

    /// <summary>The head of a record without a site.</summary>
    /// <param name="kind">Its kind.</param>
    /// <param name="size">Its bytes, a multiple of four.</param>
    public static uint Sized(RecordKind kind, int size) => (uint)kind | ((uint)size << SiteShift);

    /// <summary>The size in an extent.</summary>
    internal static int SizeIn(uint extent) => (int)(extent & ((1u << DetailShift) - 1)) * sizeof(uint);
}
