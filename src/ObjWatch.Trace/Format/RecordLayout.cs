using System.Linq;

namespace ObjWatch.Trace.Format;

/// <summary>Where a record says how long it is.</summary>
internal enum RecordSizing : byte
{
    /// <summary>In the low 16 bits of its head (version 1).</summary>
    Head16,

    /// <summary>In the high 24 bits of its head, which has no site.</summary>
    Head24,

    /// <summary>In the low 12 bits of the word behind the head, in words.</summary>
    Extent,

    /// <summary>Its code says it.</summary>
    Code,
}

/// <summary>Where records of a kind stand, and whether they count.</summary>
internal enum RecordRole : byte
{
    /// <summary>In the streams of threads; an event of its thread, with an ordinal.</summary>
    Event,

    /// <summary>In the streams of threads; says something of the events around it.</summary>
    Control,

    /// <summary>In the stream of definitions.</summary>
    Definition,

    /// <summary>In all streams.</summary>
    Everywhere,
}

/// <summary>How the records of one kind are written.</summary>
internal sealed class RecordLayout
{
    /// <param name="kind">The kind.</param>
    /// <param name="code">The lowest code that means it.</param>
    /// <param name="role">Where it stands.</param>
    /// <param name="sizing">Where its size stands.</param>
    /// <param name="fields">Its fields in their order, behind the head and, where there is one, the extent.</param>
    public RecordLayout(RecordKind kind, byte code, RecordRole role, RecordSizing sizing, params RecordField[] fields)
    {
        Kind = kind;
        Code = code;
        Role = role;
        Sizing = sizing;
        Fields = fields;
        FieldsStart = sizing == RecordSizing.Extent ? 2 * sizeof(uint) : sizeof(uint);
        SmallestSize = FieldsStart + fields.Sum(field => field.SmallestSize);
        // A reader that finds none of its fields in the last word has read too little.
        SmallestSize = (SmallestSize + sizeof(uint) - 1) & ~(sizeof(uint) - 1);
        IsFixed =
            fields.All(field => field is
                { When: FieldPresence.Always, Type: FieldType.U8 or FieldType.U16 or FieldType.U32 or FieldType.U64 or FieldType.Id16 });
    }

    /// <summary>The kind.</summary>
    public RecordKind Kind { get; }

    /// <summary>The lowest code that means it.</summary>
    public byte Code { get; }

    /// <summary>Where it stands.</summary>
    public RecordRole Role { get; }

    /// <summary>Where its size stands.</summary>
    public RecordSizing Sizing { get; }

    /// <summary>Its fields in their order.</summary>
    public RecordField[] Fields { get; }

    /// <summary>Where the first field stands.</summary>
    public int FieldsStart { get; }

    /// <summary>The fewest bytes a record takes, a multiple of four.</summary>
    public int SmallestSize { get; }

    /// <summary>Whether all its records are of one size: one that is longer is none.</summary>
    public bool IsFixed { get; }

    /// <summary>Whether such a record may stand in a stream.</summary>
    public bool MayStandIn(uint stream) => Role == RecordRole.Everywhere || (Role == RecordRole.Definition) == (stream == 0);
}
