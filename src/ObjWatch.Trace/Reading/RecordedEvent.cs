using System;
using System.ComponentModel;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>One event as it was recorded, with all that its record left out. Valid until its stream goes to the next one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class RecordedEvent
{
    private byte[] _buffer = [];
    private int _start;
    private int _length;
    private bool _wasRare;

    /// <param name="stream">The stream it belongs to.</param>
    public RecordedEvent(TraceStream stream) => Stream = stream;

    /// <summary>The stream it belongs to.</summary>
    public TraceStream Stream { get; }

    /// <summary>What happened.</summary>
    public TraceEventKind Kind { get; internal set; }

    /// <summary>Which of its thread's events it is, from 1: with the thread's number its name, <c>@T:n</c>. 0: not known, because what was
    /// before it is damaged.</summary>
    public long Ordinal { get; internal set; }

    /// <summary>The place in the code; 0 where it has none.</summary>
    public uint Site { get; internal set; }

    /// <summary>When it happened; 0 where it was not timed.</summary>
    public ulong Ticks { get; internal set; }

    /// <summary>How many ticks after the last time; 0 where its record states the time in full.</summary>
    internal ulong TicksSinceLast { get; set; }

    /// <summary>The depth of a call: how many traced calls are open around it.</summary>
    public uint Depth { get; internal set; }

    /// <summary>The line of the caller, or of the statement; 0: unknown, or the site's.</summary>
    public int Line { get; internal set; }

    /// <summary>The identity of the object whose member changed; 0: none, or not known.</summary>
    public ulong Owner { get; internal set; }

    /// <summary>Whether it is not known whose member changed, because the trace is damaged there.</summary>
    internal bool IsOwnerUnknown { get; set; }

    /// <summary>The last owner, whom values may mean; 0: not known.</summary>
    public ulong LastOwner { get; internal set; }

    /// <summary>Whether an exception left the method.</summary>
    public bool Failed { get; internal set; }

    /// <summary>Whether the change was seen later than it happened.</summary>
    public bool IsSeenLater { get; internal set; }

    /// <summary>The identity of the collection that changed; 0 where there is only its length.</summary>
    public ulong Collection { get; internal set; }

    /// <summary>A site whose member is the one that the collection is known by.</summary>
    public uint KnownBy { get; internal set; }

    /// <summary>The text with the name of the part of an element that changed; 0: the whole.</summary>
    public uint Part { get; internal set; }

    /// <summary>The length of a collection before.</summary>
    public uint OldLength { get; internal set; }

    /// <summary>The length of a collection now.</summary>
    public uint NewLength { get; internal set; }

    /// <summary>The type of a collection.</summary>
    public uint Type { get; internal set; }

    /// <summary>How many: events that were lost, elements that changed, elements.</summary>
    public ulong Count { get; internal set; }

    /// <summary>Which element is the first of <see cref="Values"/>.</summary>
    public uint First { get; internal set; }

    /// <summary>Where an output went, or how a test ended.</summary>
    public byte Detail { get; internal set; }

    /// <summary>The trace id of the activity around a run; empty where there is none.</summary>
    internal Guid ActivityTrace { get; set; }

    /// <summary>The span id of the activity around a run.</summary>
    internal ulong ActivitySpan { get; set; }

    /// <summary>The number of the logical flow of a run; 0: not known.</summary>
    internal ulong AsyncFlow { get; set; }

    /// <summary>How the values are written where they have no tags: those of a <see cref="RecordKind.Store"/>; else Void.</summary>
    internal ValueTag ValueType { get; set; }

    /// <summary>Whether its record could not be understood up to its values.</summary>
    public bool IsDamaged { get; internal set; }

    /// <summary>The values: arguments, result, the one before and the one now.</summary>
    public ReadOnlySpan<byte> Values => _buffer.AsSpan(_start, _length);

    /// <summary>Hands it to the visitor's method for its kind.</summary>
    public void Accept(IEventVisitor visitor)
    {
        Action<IEventVisitor, RecordedEvent> visit = Kind switch
        {
            TraceEventKind.MethodEntered => static (visitor, happened) => visitor.Run(happened),
            TraceEventKind.MethodLeft => static (visitor, happened) => visitor.End(happened),
            TraceEventKind.MemberChanged => static (visitor, happened) => visitor.Update(happened),
            TraceEventKind.CollectionGrew or TraceEventKind.CollectionShrank => static (visitor, happened) => visitor.Length(happened),
            TraceEventKind.EventsLost => static (visitor, happened) => visitor.Lost(happened),
            TraceEventKind.MethodSuspended => static (visitor, happened) => visitor.Await(happened),
            TraceEventKind.MethodResumed => static (visitor, happened) => visitor.Resume(happened),
            TraceEventKind.ElementChanged => static (visitor, happened) => visitor.ElementStored(happened),
            TraceEventKind.ElementAdded or TraceEventKind.ElementRemoved => static (visitor, happened) => visitor.ElementMoved(happened),
            TraceEventKind.CollectionChanged => static (visitor, happened) => visitor.CollectionChanged(happened),
            TraceEventKind.ContentsKnown => static (visitor, happened) => visitor.Contents(happened),
            TraceEventKind.LineReached => static (visitor, happened) => visitor.Line(happened),
            TraceEventKind.OutputWritten => static (visitor, happened) => visitor.Output(happened),
            TraceEventKind.TestBegun or TraceEventKind.TestEnded => static (visitor, happened) => visitor.Test(happened),
        };
        visit(visitor, this);
    }

    /// <summary>Forgets the event before.</summary>
    /// <param name="isRare">Whether the next one may have what most have not: only then is that forgotten again.</param>
    internal void Clear(bool isRare)
    {
        Site = OldLength = NewLength = Type = Depth = 0;
        Ticks = TicksSinceLast = Owner = Count = 0;
        Line = 0;
        IsOwnerUnknown = IsSeenLater = IsDamaged = false;
        _length = 0;
        if (_wasRare)
        {
            Part = KnownBy = First = 0;
            Collection = ActivitySpan = AsyncFlow = 0;
            Detail = 0;
            ActivityTrace = Guid.Empty;
        }

        _wasRare = isRare;
    }

    /// <summary>Says where its values are.</summary>
    internal void SetValues(byte[] buffer, int start, int length)
    {
        // A reference that is written costs more than one that is compared.
        if (_buffer != buffer)
            _buffer = buffer;
        _start = start;
        _length = length;
    }
}
