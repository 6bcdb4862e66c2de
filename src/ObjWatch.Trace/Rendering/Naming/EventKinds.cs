using System;
using System.ComponentModel;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>The names of the kinds of events.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class EventKinds
{
    /// <summary>As in a line of text: <c>run</c>, <c>end</c>, <c>upd</c>, <c>apd</c>, <c>pop</c>, <c>awt</c>, <c>rsm</c>, and <c>has</c>,
    /// <c>lin</c>, <c>out</c>, <c>tst</c>.</summary>
    public static ReadOnlySpan<byte> Label(this TraceEventKind kind) => kind switch
    {
        TraceEventKind.MethodEntered => "run"u8,
        TraceEventKind.MethodLeft => "end"u8,
        TraceEventKind.MemberChanged or TraceEventKind.ElementChanged or TraceEventKind.CollectionChanged => "upd"u8,
        TraceEventKind.CollectionGrew or TraceEventKind.ElementAdded => "apd"u8,
        TraceEventKind.CollectionShrank or TraceEventKind.ElementRemoved => "pop"u8,
        TraceEventKind.MethodSuspended => "awt"u8,
        TraceEventKind.MethodResumed => "rsm"u8,
        TraceEventKind.ContentsKnown => "has"u8,
        TraceEventKind.LineReached => "lin"u8,
        TraceEventKind.OutputWritten => "out"u8,
        TraceEventKind.TestBegun or TraceEventKind.TestEnded => "tst"u8,
        TraceEventKind.EventsLost => "lost"u8,
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
