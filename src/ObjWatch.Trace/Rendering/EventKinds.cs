using System;
using System.ComponentModel;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>The names of the kinds of events.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventKinds
{
    /// <summary>As in a line of text: <c>run</c>, <c>end</c>, <c>upd</c>, <c>apd</c>, <c>pop</c>, <c>awt</c>, <c>rsm</c>, and <c>has</c>, <c>lin</c>,
    /// <c>out</c>, <c>tst</c>.</summary>
    public static ReadOnlySpan<byte> Label(this EventKind kind) => kind switch
    {
        EventKind.Run => "run"u8,
        EventKind.End => "end"u8,
        EventKind.Update or EventKind.ElementStored or EventKind.CollectionChanged => "upd"u8,
        EventKind.Append or EventKind.ElementAdded => "apd"u8,
        EventKind.Pop or EventKind.ElementRemoved => "pop"u8,
        EventKind.Await => "awt"u8,
        EventKind.Resume => "rsm"u8,
        EventKind.Contents => "has"u8,
        EventKind.Line => "lin"u8,
        EventKind.Output => "out"u8,
        EventKind.TestBegun or EventKind.TestEnded => "tst"u8,
        EventKind.Lost => "lost"u8,
    };

    /// <summary>Where an output went.</summary>
    internal static ReadOnlySpan<byte> Channel(byte number) => number switch
    {
        0 => "out"u8,
        1 => "error"u8,
        2 => "debug"u8,
        3 => "trace"u8,
        4 => "log"u8,
        _ => "?"u8,
    };

    /// <summary>How a test ended.</summary>
    public static ReadOnlySpan<byte> Outcome(byte number) => number switch
    {
        0 => "passed"u8,
        1 => "failed"u8,
        2 => "skipped"u8,
        3 => "inconclusive"u8,
        _ => "?"u8,
    };
}
