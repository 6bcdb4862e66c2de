namespace ObjWatch.Trace.Format;

/// <summary>A field of a record.</summary>
/// <param name="Name">What it says.</param>
/// <param name="Type">How it is written.</param>
/// <param name="When">When it is there.</param>
internal sealed record RecordField(FieldName Name, FieldType Type, FieldPresence When = FieldPresence.Always)
{
    /// <summary>Whether it is a value, or several: all that stands behind the first of them are values, too.</summary>
    public bool IsValue { get; } = Type is FieldType.Value or FieldType.Values or FieldType.Bits;

    /// <summary>The fewest bytes it takes.</summary>
    public int SmallestSize => When != FieldPresence.Always ? 0 : Type switch
    {
        FieldType.U8 or FieldType.Value => sizeof(byte),
        FieldType.U16 or FieldType.Line or FieldType.Text => sizeof(ushort),
        FieldType.U32 => sizeof(uint),
        FieldType.U64 => sizeof(ulong),
        FieldType.Id16 => 16,
        FieldType.Owner or FieldType.Values or FieldType.Bits or FieldType.Rest => 0,
    };
}
