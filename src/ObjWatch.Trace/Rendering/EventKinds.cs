using System;

namespace ObjWatch.Trace.Rendering;

/// <summary>The names of the kinds of events.</summary>
internal static class EventKinds
{
    /// <summary>As in a line of text: <c>run</c>, <c>end</c>, <c>upd</c>, <c>apd</c>, <c>pop</c>, <c>awt</c>, <c>rsm</c>.</summary>
    public static ReadOnlySpan<byte> Label(this EventKind kind) => kind switch
    {
        EventKind.Run => "run"u8,
        EventKind.End => "end"u8,
        EventKind.Update => "upd"u8,
        EventKind.Append => "apd"u8,
        EventKind.Pop => "pop"u8,
        EventKind.Await => "awt"u8,
        EventKind.Resume => "rsm"u8,
        _ => "lost"u8,
    };
}
