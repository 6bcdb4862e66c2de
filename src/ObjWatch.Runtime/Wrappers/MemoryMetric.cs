namespace ObjWatch;

/// <summary>What <see cref="CpuMemoryWrapper"/> can show. All but <see cref="Percent"/> in bytes.</summary>
public enum MemoryMetric
{
    /// <summary>The memory there is: that of the machine, or of the container the process runs in.</summary>
    Total,

    /// <summary>What could still be used without swapping: on Linux <c>MemAvailable</c>, elsewhere what <c>GC.GetGCMemoryInfo</c>
    /// says.</summary>
    Available,

    /// <summary><c>(total - available) / total * 100</c>, with one decimal place.</summary>
    Percent,

    /// <summary><c>total - available</c>.</summary>
    Used,

    /// <summary>What nothing uses at all: on Linux <c>MemFree</c>, elsewhere the same as <see cref="Available"/>.</summary>
    Free,

    /// <summary>What the process holds in memory.</summary>
    WorkingSet,

    /// <summary>The objects on the heap, as <c>GC.GetTotalMemory</c> counts them.</summary>
    GCHeap,
}
