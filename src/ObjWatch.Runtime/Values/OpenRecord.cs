namespace ObjWatch.Values;

/// <summary>A record that is being written, while values are written elsewhere.</summary>
internal readonly unsafe struct OpenRecord
{
    public OpenRecord(byte* start, byte* firstValue, byte* cursor, byte* end)
    {
        Start = start;
        FirstValue = firstValue;
        Cursor = cursor;
        End = end;
    }

    /// <summary>Where it begins.</summary>
    public byte* Start { get; }

    /// <summary>Where its first value is.</summary>
    public byte* FirstValue { get; }

    /// <summary>Where the next one goes.</summary>
    public byte* Cursor { get; }

    /// <summary>What it may not pass.</summary>
    public byte* End { get; }
}
