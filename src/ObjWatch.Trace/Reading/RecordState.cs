namespace ObjWatch.Trace.Reading;

/// <summary>What the records of a stream have said that later ones leave out.</summary>
internal struct RecordState
{
    /// <summary>The last owner.</summary>
    public ulong Owner;

    /// <summary>The last time.</summary>
    public ulong Ticks;

    /// <summary>The open depth.</summary>
    public uint Depth;

    /// <summary>How many events the thread has had; -1: unknown.</summary>
    public long Ordinal;
}
