namespace ObjWatch.Trace.Format;

/// <summary>How a field of a record is written. docs/trace-format.md uses the same names.</summary>
internal enum FieldType : byte
{
    /// <summary>One byte.</summary>
    U8,

    /// <summary>Two bytes.</summary>
    U16,

    /// <summary>Four bytes.</summary>
    U32,

    /// <summary>Eight bytes.</summary>
    U64,

    /// <summary>Four bytes, or eight: the identity's number, or all of it, as the record's <see cref="OwnerForm"/> says; none where that is
    /// None or Same.</summary>
    Owner,

    /// <summary>A line: two bytes, and four more where these are 65,535.</summary>
    Line,

    /// <summary>A count of bytes, u16, and UTF-8.</summary>
    Text,

    /// <summary>16 bytes.</summary>
    Id16,

    /// <summary>What a tag in front says.</summary>
    Value,

    /// <summary>Any number of values, up to the record's end.</summary>
    Values,

    /// <summary>The bits of a value without its tag, which the record's code has.</summary>
    Bits,

    /// <summary>What docs/trace-format.md says in words.</summary>
    Rest,
}
