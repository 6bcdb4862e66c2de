using System;
using System.ComponentModel;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>One event with its names and its values as text: what all formats but text are made of. Its texts are harmless UTF-8 and valid
/// until the next event.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly ref struct NamedEvent
{
    /// <summary>The event as it was recorded.</summary>
    public required RecordedEvent Recorded { get; init; }

    /// <summary>What happened.</summary>
    public TraceEventKind Kind => Recorded.Kind;

    /// <summary>The stream of its record.</summary>
    public TraceStream Stream => Recorded.Stream;

    /// <summary>The number of the thread it happened on.</summary>
    public uint Thread => Stream.Thread;

    /// <summary>The rank of its process in a distributed run; -1 where there is none, or it was not known yet.</summary>
    public int Rank => Stream.Rank;

    /// <summary>The depth of its line: how many traced calls are open around it.</summary>
    public required int Depth { get; init; }

    /// <summary>The line that text shows: of the call, or of the statement. 0 where it is not known.</summary>
    public int Line { get; init; }

    /// <summary>When it happened, in nanoseconds since recording began; 0 where it was not timed.</summary>
    internal long Nanoseconds => Recorded.Ticks == 0 ? 0 : Stream.Reader.Clock.Nanoseconds(Recorded.Ticks);

    /// <summary>The method it happened in, where the trace defines it.</summary>
    public MethodText? Method { get; init; }

    /// <summary>The qualified name of the method, or the name of the member.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The number of the object that was changed or whose method was called; 0 for none.</summary>
    public long Object { get; init; }

    /// <summary>How many invocations around it have ended though their ends were not recorded.</summary>
    public int Ended { get; init; }

    /// <summary>Whether the invocation that ends or is suspended was seen to begin or to go on.</summary>
    internal bool WasOpen { get; init; }

    /// <summary>Arguments, the result, what an iterator gave away, what was said, a test's name (empty: nothing).</summary>
    public ReadOnlySpan<byte> Message { get; init; }

    /// <summary>Whether an exception left the method.</summary>
    public bool Failed => Recorded.Failed;

    /// <summary>Whether there is a value before.</summary>
    public bool HasOld { get; init; }

    /// <summary>Whether there is a value now.</summary>
    public bool HasNew { get; init; }

    /// <summary>The value before.</summary>
    public ReadOnlySpan<byte> Old { get; init; }

    /// <summary>The value now.</summary>
    public ReadOnlySpan<byte> New { get; init; }

    /// <summary>Which element of the collection; empty where that is not known, or it has no place.</summary>
    public ReadOnlySpan<byte> Element { get; init; }

    /// <summary>The collection's type; empty where its length is not known.</summary>
    public ReadOnlySpan<byte> CollectionType { get; init; }

    /// <summary>What is in the collection; empty unless that became known.</summary>
    public ReadOnlySpan<byte> Contents { get; init; }

    /// <summary>The collection's own number; 0 where it has none.</summary>
    public long Collection { get; init; }
}
