namespace ObjWatch.Trace.Format;

/// <summary>How many bytes stand behind the tags of values of fixed size.</summary>
internal static class ValueSizes
{
    /// <summary>Bytes of a value, its tag not counted; 0 for tags that say nothing of that, or have nothing behind them.</summary>
    public static int Of(ValueTag tag) => tag switch
    {
        ValueTag.Boolean or ValueTag.SByte or ValueTag.Byte => 1,
        ValueTag.Char or ValueTag.Int16 or ValueTag.UInt16 or ValueTag.Half => 2,
        ValueTag.Int32 or ValueTag.UInt32 or ValueTag.Single or ValueTag.DateOnly => 4,
        ValueTag.Int64 or ValueTag.UInt64 or ValueTag.Double or ValueTag.IntPtr or ValueTag.UIntPtr or ValueTag.TimeSpan
        or ValueTag.TimeOnly => 8,
        ValueTag.DateTime => 9,
        ValueTag.DateTimeOffset => 10,
        ValueTag.Decimal or ValueTag.Guid or ValueTag.Int128 or ValueTag.UInt128 => 16,
        _ => 0,
    };
}
