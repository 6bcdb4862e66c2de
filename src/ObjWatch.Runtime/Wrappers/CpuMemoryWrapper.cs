using System;
using System.Collections.Generic;
using System.Linq;
using ObjWatch.Wrappers;

namespace ObjWatch;

/// <summary>Shows how much memory is in use at each event instead of the values: <c>total: 16777216000 | available: 12000000000 | percent:
/// 28.5</c>.</summary>
/// <remarks>Named by its type in an option it shows total, available and percent, as the Python original's <c>CPUMemoryWrapper</c> does;
/// the option <c>Wrapper</c> takes others behind a colon: <c>CpuMemoryWrapper:workingset,gcheap</c>.</remarks>
public class CpuMemoryWrapper : FunctionWrapper
{
    private static readonly MemoryMetric[] _usual = [MemoryMetric.Total, MemoryMetric.Available, MemoryMetric.Percent];

    private readonly MemoryMetric[] _metrics;

    /// <summary>Shows total, available and percent.</summary>
    public CpuMemoryWrapper()
        : this(_usual)
    {
    }

    /// <summary>Shows some metrics, in their order.</summary>
    /// <param name="metrics">Which; none are the usual ones.</param>
    /// <exception cref="ArgumentOutOfRangeException">There are none, or one of them does not exist.</exception>
    public CpuMemoryWrapper(params MemoryMetric[] metrics)
    {
        if (metrics is null || metrics.Any(metric => metric is < MemoryMetric.Total or > MemoryMetric.GCHeap))
            throw new ArgumentOutOfRangeException(nameof(metrics), "there is no such metric");
        _metrics = metrics.Length == 0 ? _usual : [.. metrics];
    }

    /// <inheritdoc/>
    public override string? WrapCall(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments) => Memory();

    /// <inheritdoc/>
    public override string? WrapReturn(string method, object? result) => Memory();

    /// <summary>Nothing for the old value, the memory for the new one.</summary>
    public override (string? Old, string? New) WrapUpdate(object? oldValue, object? newValue) => ("", Memory());

    private string Memory()
    {
        MemoryFigures figures = MemoryFigures.Read();
        return string.Join(" | ", _metrics.Select(metric => $"{NameOf(metric)}: {figures.Show(metric)}"));
    }

    private static string NameOf(MemoryMetric metric) => metric switch
    {
        MemoryMetric.Total => "total",
        MemoryMetric.Available => "available",
        MemoryMetric.Percent => "percent",
        MemoryMetric.Used => "used",
        MemoryMetric.Free => "free",
        MemoryMetric.WorkingSet => "working_set",
        _ => "gc_heap",
    };
}
