using System;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>Writes the line of each event, without its end: <c>{line,5} {two spaces per depth}{event} {message}</c>.</summary>
internal sealed class TextLines : IEventVisitor
{
    private readonly TraceDamage _damage;
    private readonly Names _names;
    private readonly Utf8Buffer _buffer;
    private readonly MessageRenderer _messages;
    private readonly ThreadFrames _threads;
    private readonly LineStart _start;

    /// <param name="damage">Where values that cannot be read are counted.</param>
    /// <param name="names">The names in the trace.</param>
    /// <param name="buffer">Takes the lines.</param>
    /// <param name="messages">Writes values into it.</param>
    /// <param name="threads">The open invocations.</param>
    /// <param name="start">Writes what lines begin with.</param>
    public TextLines(TraceDamage damage, Names names, Utf8Buffer buffer, MessageRenderer messages, ThreadFrames threads, LineStart start)
    {
        _damage = damage;
        _names = names;
        _buffer = buffer;
        _messages = messages;
        _threads = threads;
        _start = start;
    }

    /// <summary>How many events have been rendered.</summary>
    public long Events { get; private set; }

    /// <summary>How many events the recorder could not record, as it says itself.</summary>
    public ulong EventsLost { get; private set; }

    private FrameLines Frames => _threads.Last!;

    void IEventVisitor.Run(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        int line = happened.Line != 0 ? happened.Line : site?.Method?.Line ?? 0;
        BeginCall(happened, site, line, Frames.Enter(happened.Depth, line), " <- "u8);
        var values = new RecordCursor(happened.Values);
        _messages.WriteArguments(ref values, site?.Method);
        Check(happened, values);
    }

    void IEventVisitor.End(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        int indentation = Frames.Leave(happened.Depth, site?.Method?.Line ?? 0, out int line);
        BeginCall(happened, site, line, indentation, " -> "u8);
        var values = new RecordCursor(happened.Values);
        _messages.WriteResult(ref values, happened.Failed);
        Check(happened, values);
    }

    void IEventVisitor.Await(RecordedEvent happened) => WriteSuspension(happened, Frames.Leave(happened.Depth, 0, out _));

    void IEventVisitor.Resume(RecordedEvent happened) => WriteSuspension(happened, Frames.Resume(happened.Depth));

    void IEventVisitor.Update(RecordedEvent happened)
    {
        BeginChange(happened, " "u8);
        var values = new RecordCursor(happened.Values);
        WriteOldAndNew(ref values, happened.ValueType);
        EndChange(happened, values);
    }

    void IEventVisitor.Length(RecordedEvent happened)
    {
        BeginChange(happened, " ("u8);
        WriteLengths(happened);
        EndChange(happened, default);
    }

    void IEventVisitor.ElementStored(RecordedEvent happened)
    {
        BeginChange(happened, default);
        var values = new RecordCursor(happened.Values);
        _messages.WriteElement(ref values);
        if (happened.Part != 0)
        {
            _buffer.Append((byte)'.');
            _buffer.Append(_names.Text(happened.Part));
        }

        _buffer.Append((byte)' ');
        WriteOldAndNew(ref values);
        EndChange(happened, values);
    }

    void IEventVisitor.ElementMoved(RecordedEvent happened)
    {
        BeginChange(happened, " ("u8);
        WriteLengths(happened);
        _buffer.Append((byte)' ');
        var values = new RecordCursor(happened.Values);
        bool hasPlace = (ValueTag)values.Next != ValueTag.Void;
        _messages.WriteElement(ref values);
        if (hasPlace)
            _buffer.Append(" = "u8);
        _messages.WriteValue(ref values);
        EndChange(happened, values);
    }

    void IEventVisitor.CollectionChanged(RecordedEvent happened)
    {
        BeginChange(happened, " ("u8);
        WriteLengths(happened);
        _buffer.Append(", "u8);
        _buffer.Append(happened.Count);
        _buffer.Append(" changed, "u8);
        var values = new RecordCursor(happened.Values);
        _messages.WriteElement(ref values);
        _buffer.Append((byte)' ');
        WriteOldAndNew(ref values);
        EndChange(happened, values);
    }

    void IEventVisitor.Contents(RecordedEvent happened)
    {
        BeginChange(happened, default);
        if (happened.First > 0)
        {
            _buffer.Append((byte)'[');
            _buffer.Append((long)happened.First);
            _buffer.Append("..]"u8);
        }

        _buffer.Append((byte)' ');
        var values = new RecordCursor(happened.Values);
        _messages.WriteValue(ref values);
        EndChange(happened, values);
    }

    void IEventVisitor.Line(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        BeginCall(happened, site, site?.Line ?? 0, Frames.Open, default);
        Check(happened, default);
    }

    void IEventVisitor.Output(RecordedEvent happened)
    {
        Begin(happened);
        if (happened.Detail != 0)
        {
            _buffer.Append((byte)'(');
            _buffer.Append(EventKinds.Channel(happened.Detail));
            _buffer.Append(") "u8);
        }

        var values = new RecordCursor(happened.Values);
        _messages.WriteValue(ref values);
        Check(happened, values);
    }

    void IEventVisitor.Test(RecordedEvent happened)
    {
        Begin(happened);
        _buffer.Append(happened.Kind == TraceEventKind.TestBegun ? "begun"u8 : EventKinds.Outcome(happened.Detail));
        _buffer.Append((byte)' ');
        var values = new RecordCursor(happened.Values);
        _messages.WriteValue(ref values);
        if (happened.Kind == TraceEventKind.TestEnded && (ValueTag)values.Next != ValueTag.Null)
        {
            _buffer.Append(": "u8);
            _messages.WriteValue(ref values);
        }

        Check(happened, values, unread: happened.Kind == TraceEventKind.TestEnded ? sizeof(byte) : 0);
    }

    void IEventVisitor.Lost(RecordedEvent happened)
    {
        EventsLost += happened.Count;
        _start.Write(0, Frames.Open, "# "u8);
        _buffer.Append(happened.Count);
        _buffer.Append(happened.Count == 1 ? " event was not recorded"u8 : " events were not recorded"u8);
        Check(happened, default);
    }

    private void WriteSuspension(RecordedEvent happened, int indentation)
    {
        SiteText? site = _names.Site(happened.Site);
        BeginCall(happened, site, happened.Line != 0 ? happened.Line : site?.Method?.Line ?? 0, indentation, default);
        var values = new RecordCursor(happened.Values);
        if ((ValueTag)values.Next != ValueTag.Void)
        {
            _buffer.Append(" -> "u8);
            _messages.WriteValue(ref values);
        }

        Check(happened, values);
    }

    /// <summary>Begins the line of what has no name in the code.</summary>
    private void Begin(RecordedEvent happened)
    {
        Events++;
        _start.Write(0, Frames.Open, happened.Kind.Label());
        _buffer.Append((byte)' ');
    }

    /// <summary>Begins the line of what happened to a call, with the name of its method.</summary>
    private void BeginCall(RecordedEvent happened, SiteText? site, int line, int depth, ReadOnlySpan<byte> behind)
    {
        Events++;
        _start.Write(happened.Kind, site, happened.Site, _start.NameOf(site?.Method), line, depth, behind);
    }

    /// <summary>Begins the line of a change, with the name of what changed.</summary>
    private void BeginChange(RecordedEvent happened, ReadOnlySpan<byte> behind)
    {
        SiteText? site = _names.Site(happened.Site);
        int line = happened.Line != 0 ? happened.Line : site?.Line ?? 0;
        uint named = happened.KnownBy != 0 ? happened.KnownBy : happened.Site;
        if (happened.KnownBy != 0)
            site = _names.Site(named);
        Events++;
        _start.Write(happened.Kind, site, named, site?.Member, line, Frames.Open, behind);
    }

    /// <summary>Ends the line of a change: whose it is, and whether it was seen later.</summary>
    private void EndChange(RecordedEvent happened, in RecordCursor values)
    {
        if (_start.Style is { ObjectIds: true })
        {
            if (happened.IsOwnerUnknown)
            {
                _buffer.Append(" #?"u8);
            }
            else if (happened.Owner != 0)
            {
                _buffer.Append(" #"u8);
                _buffer.Append(TraceFormat.ObjectNumber(happened.Owner));
            }
        }

        if (happened.IsSeenLater)
            _buffer.Append(" ~"u8);
        Check(happened, values);
    }

    private void WriteOldAndNew(ref RecordCursor values, ValueTag type = ValueTag.Void)
    {
        _messages.WriteValue(ref values, type);
        _buffer.Append(" -> "u8);
        if (!values.Damaged)
            _messages.WriteValue(ref values, type);
    }

    private void WriteLengths(RecordedEvent happened)
    {
        _buffer.Append(_names.Type(happened.Type).Name);
        _buffer.Append(")(len)"u8);
        _buffer.Append((long)happened.OldLength);
        _buffer.Append(" -> "u8);
        _buffer.Append((long)happened.NewLength);
    }

    private void Check(RecordedEvent happened, in RecordCursor values, int unread = 0)
    {
        if (happened.IsDamaged || !values.IsAtEnd(unread))
            _damage.BadValues++;
    }
}
