using System;

namespace ObjWatch.Trace;

/// <summary>One event of a trace. It never changes, and stays valid when its trace has been closed.</summary>
/// <remarks>Values are texts as all formats show them: C# literals such as <c>10</c>, <c>"first"</c> and <c>null</c>, objects as
/// <c>Counter#7</c>. Control characters in them are escaped, so that any of them may be printed as it is.</remarks>
public sealed class TraceEvent
{
    internal TraceEvent()
    {
    }

    /// <summary>What happened.</summary>
    public TraceEventKind Kind { get; internal init; }

    /// <summary>Whether something of the program's state became another: a member, an element or a collection.</summary>
    public bool IsChange => Kind is TraceEventKind.MemberChanged or TraceEventKind.CollectionGrew or TraceEventKind.CollectionShrank
        or TraceEventKind.ElementChanged
        or TraceEventKind.ElementAdded or TraceEventKind.ElementRemoved or TraceEventKind.CollectionChanged;

    /// <summary>The number of the thread it happened on, from 1. <see cref="RecordedTrace.Threads"/> has more of it.</summary>
    public long Thread { get; internal init; }

    /// <summary>Which of its thread's events it is, from 1; <see langword="null"/> for events that were lost, where the trace is damaged
    /// before it, and where the trace does not count them (format version 1).</summary>
    public long? Ordinal { get; internal init; }

    /// <summary>Its name in this trace: <c>@2:17</c> is the seventeenth event of thread 2. <see langword="null"/> where
    /// <see cref="Ordinal"/> is.</summary>
    public string? Name => Ordinal is null ? null : FormattableString.Invariant($"@{Thread}:{Ordinal}");

    /// <summary>The rank of its process in a distributed run, from 0; <see langword="null"/> where there is none, or it was not known
    /// yet.</summary>
    public int? Rank { get; internal init; }

    /// <summary>When it happened, since recording began; <see langword="null"/> where it was not timed. Calls are timed; a change happened
    /// between the timed events around it on its thread.</summary>
    public TimeSpan? Time { get; internal init; }

    /// <summary>How many traced calls are open around it on its thread, from 0.</summary>
    public int Depth { get; internal init; }

    /// <summary>The source file of <see cref="Method"/>; <see langword="null"/> where there are no symbols.</summary>
    public string? File { get; internal init; }

    /// <summary>The line, from 1: of a call where it was called from, else of the statement. <see langword="null"/> where it is not
    /// known.</summary>
    public int? Line { get; internal init; }

    /// <summary>The qualified name of the method: the one that was called, or the one whose code made the change
    /// (<c>MyApp.Counter.Increment</c>). <see langword="null"/> where the event has none.</summary>
    public string? Method { get; internal init; }

    /// <summary>What changed, or what the collection is known by: <c>Counter.Value</c>, for a static member <c>@.Counter.Total</c>, for a
    /// local variable <c>_.sum</c>. <see langword="null"/> for what is no change and no content.</summary>
    public string? Member { get; internal init; }

    /// <summary>The number of the object whose member changed, or whose method was entered: the 7 in <c>Counter#7</c>.
    /// <see langword="null"/> for none, or where it is not known.</summary>
    public long? ObjectNumber { get; internal init; }

    /// <summary>The arguments of a call: <c>'this':Counter#7, 'n':5</c>. <see langword="null"/> unless a method was entered that has
    /// any.</summary>
    public string? Arguments { get; internal init; }

    /// <summary>What a method returned, the exception that left it (<c>!InvalidOperationException: no</c>), or what an iterator gave away.
    /// <see langword="null"/> for all else.</summary>
    public string? Result { get; internal init; }

    /// <summary>Whether an exception left the method.</summary>
    public bool Failed { get; internal init; }

    /// <summary>The value before of what changed: of the member, or of the element. <see langword="null"/> where there is none or it is not
    /// known.</summary>
    public string? Old { get; internal init; }

    /// <summary>The value now.</summary>
    public string? New { get; internal init; }

    /// <summary>Whether the change was seen later than it happened, so that it may stem from any code since the last look.</summary>
    public bool IsSeenLater { get; internal init; }

    /// <summary>Which element changed, came or left: an index or a key, with the changed part of it (<c>3</c>, <c>"a"</c>, <c>3.X</c>).
    /// <see langword="null"/> where elements have no place.</summary>
    public string? Element { get; internal init; }

    /// <summary>The collection's own number, when it is an object that was seen; <see langword="null"/> where it has none.</summary>
    public long? CollectionNumber { get; internal init; }

    /// <summary>The type of the collection that changed: <c>List&lt;int&gt;</c>. <see langword="null"/> where its length is not
    /// known.</summary>
    public string? CollectionType { get; internal init; }

    /// <summary>The number of elements before; <see langword="null"/> where it is not known.</summary>
    public long? OldLength { get; internal init; }

    /// <summary>The number of elements now; <see langword="null"/> where it is not known.</summary>
    public long? NewLength { get; internal init; }

    /// <summary>Elements that are in the collection; <see langword="null"/> unless they became known.</summary>
    public string? Contents { get; internal init; }

    /// <summary>Which element is the first of <see cref="Contents"/>, from 0; <see langword="null"/> where there are none.</summary>
    public long? First { get; internal init; }

    /// <summary>How many: elements that a call changed, elements in the collection whose contents became known, or events that were lost.
    /// <see langword="null"/> for all else.</summary>
    public long? Count { get; internal init; }

    /// <summary>Where an output went: <c>out</c>, <c>error</c>, <c>debug</c>, <c>trace</c> or <c>log</c>, and <c>?</c> for what this
    /// version does not know. <see langword="null"/> for all else.</summary>
    public string? Channel { get; internal init; }

    /// <summary>What the program wrote, or what was said of a test that ended; <see langword="null"/> for all else.</summary>
    public string? Text { get; internal init; }

    /// <summary>The name of the test that began or ended; <see langword="null"/> for all else.</summary>
    public string? Test { get; internal init; }

    /// <summary>How a test ended: <c>passed</c>, <c>failed</c>, <c>skipped</c> or <c>inconclusive</c>, and <c>?</c> for what this version
    /// does not know. <see langword="null"/> for all else.</summary>
    public string? Outcome { get; internal init; }

    /// <summary>The activity (<c>System.Diagnostics.Activity</c>) around a call: its trace id (32 hexadecimal digits), a hyphen, and its
    /// span id (16). <see langword="null"/> where there is none.</summary>
    public string? Activity { get; internal init; }

    /// <summary>The number of the logical flow of a call, which goes on over awaits and threads; <see langword="null"/> where it is not
    /// known.</summary>
    public long? Flow { get; internal init; }

    /// <summary>Its name, its kind, and what it is about. For people: the form may change.</summary>
    public override string ToString() => $"{Name ?? "@?"} {Kind} {Member ?? Method ?? Test ?? Channel}".TrimEnd();
}
