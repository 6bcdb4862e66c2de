using System;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>One event, decoded: what all formats but text are made of. Its texts are harmless UTF-8 and valid until the next event.</summary>
internal readonly ref struct TraceEvent
{
    /// <summary>What happened.</summary>
    public required EventKind Kind { get; init; }

    /// <summary>The stream of its record.</summary>
    public required TraceStream Stream { get; init; }

    /// <summary>The number of the thread it happened on.</summary>
    public uint Thread => Stream.Thread;

    /// <summary>The rank of its process in a distributed run; -1 where there is none, or it was not known yet.</summary>
    public int Rank => Stream.Rank;

    /// <summary>The depth of its line: how many traced calls are open around it.</summary>
    public required int Depth { get; init; }

    /// <summary>The line that text shows: of the call, or of the statement. 0 where it is not known.</summary>
    public int Line { get; init; }

    /// <summary>When it happened; 0 where it was not timed.</summary>
    public ulong Ticks { get; init; }

    /// <summary>The same in nanoseconds since recording began.</summary>
    public long Nanoseconds => Stream.Reader.Clock.Nanoseconds(Ticks);

    /// <summary>The method it happened in, where the trace defines it.</summary>
    public MethodText? Method { get; init; }

    /// <summary>The qualified name of the method, or the name of the member.</summary>
    public ReadOnlySpan<byte> Name { get; init; }

    /// <summary>The number of the object that was changed or whose method was called; 0 for none.</summary>
    public long Object { get; init; }

    /// <summary>How many invocations around it have ended though their ends were not recorded.</summary>
    public int Ended { get; init; }

    /// <summary>Whether the invocation that ends or is suspended was seen to begin or to go on.</summary>
    public bool WasOpen { get; init; }

    /// <summary>Arguments, the result, or what an iterator gave away (empty: nothing).</summary>
    public ReadOnlySpan<byte> Message { get; init; }

    /// <summary>Whether an exception left the method.</summary>
    public bool Failed { get; init; }

    /// <summary>A member's value before.</summary>
    public ReadOnlySpan<byte> Old { get; init; }

    /// <summary>A member's value now.</summary>
    public ReadOnlySpan<byte> New { get; init; }

    /// <summary>The collection's type.</summary>
    public ReadOnlySpan<byte> CollectionType { get; init; }

    /// <summary>The collection's length before.</summary>
    public uint OldLength { get; init; }

    /// <summary>The collection's length now.</summary>
    public uint NewLength { get; init; }

    /// <summary>How many events could not be recorded.</summary>
    public ulong Count { get; init; }
}
