namespace ObjWatch;

/// <summary>What a thread does that records faster than the disk takes it.</summary>
public enum WhenFull
{
    /// <summary>It waits: nothing is lost.</summary>
    Wait,

    /// <summary>It goes on, and what it cannot record is counted.</summary>
    Drop,

    /// <summary>The trace keeps its newest part only, <see cref="TracerOptions.RingSize"/> MiB.</summary>
    Ring,
}
