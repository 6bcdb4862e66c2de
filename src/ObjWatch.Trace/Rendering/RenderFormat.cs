using System.ComponentModel;

namespace ObjWatch.Trace.Rendering;

/// <summary>The forms in which a trace can be rendered.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum RenderFormat
{
    /// <summary>One line for each event: <c>.objwatch</c>.</summary>
    Text,

    /// <summary>The schema of objwatch 0.5.1: <c>.json</c>.</summary>
    Json,

    /// <summary>The schema of objwatch 0.3.5: <c>.xml</c>.</summary>
    Xml,

    /// <summary>Chrome trace events, which Perfetto and speedscope show: <c>.trace.json</c>.</summary>
    Chrome,
}
