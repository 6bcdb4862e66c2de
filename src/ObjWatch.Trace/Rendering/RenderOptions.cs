using System.ComponentModel;

namespace ObjWatch.Trace.Rendering;

/// <summary>How a trace is rendered, whatever the format.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record RenderOptions
{
    /// <summary>Whether text begins with the header that tells of the run.</summary>
    public bool Header { get; init; } = true;

    /// <summary>Whether text has all events of one thread before those of the next. The nested formats always have.</summary>
    public bool ByThread { get; init; }
}
