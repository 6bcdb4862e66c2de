using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>
/// Writes the lines of an <c>.objwatch</c> file: <c>{line,5} {two spaces per depth}{event} {message}</c>, and <c> [T{n}]</c> at
/// the end once a second thread has recorded.
/// </summary>
/// <remarks>Goes from the record's bytes to the text's bytes without objects in between: this is what keeps up with a program that records millions
/// of events a second.</remarks>
internal sealed class TextRenderer : IRenderer, IEventVisitor
{
    private const int LineWidth = 5;

    private readonly TraceDamage _damage;
    private readonly Names _names;
    private readonly Utf8Buffer _buffer;
    private readonly MessageRenderer _messages;
    private readonly TraceReader _reader;
    private readonly bool _header;
    private readonly ThreadFrames _threads = new();
    private TextStyle? _style;
    private LinePrefix? _prefix;
    private int _rank = -1;
    private byte[] _rankPrefix = [];

    private FrameLines Frames => _threads.Last!;

    /// <param name="reader">The trace.</param>
    /// <param name="output">Where the text goes.</param>
    /// <param name="header">Whether it begins with what is known of the run.</param>
    public TextRenderer(TraceReader reader, Stream output, bool header = false)
        : this(reader, new Utf8Buffer(output), header)
    {
    }

    /// <param name="reader">The trace.</param>
    /// <param name="buffer">Takes the lines; renderers of other traces may share it.</param>
    /// <param name="header">Whether the text begins with what is known of the run.</param>
    public TextRenderer(TraceReader reader, Utf8Buffer buffer, bool header)
    {
        _header = header;
        _reader = reader;
        _damage = reader.Damage;
        _names = new Names(reader.Definitions);
        _buffer = buffer;
        _messages = new MessageRenderer(_buffer, _names);
    }

    /// <summary>How many events have been rendered.</summary>
    public long Events { get; private set; }

    /// <summary>How many events the recorder could not record, as it says itself.</summary>
    public ulong EventsLost { get; private set; }

    public void Visit(RecordedEvent happened)
    {
        TraceStream stream = happened.Stream;
        if (_style is null)
            TakeStyle();
        if (_threads.Turns(stream))
            _threads.TurnTo(stream);
        if (stream.Rank != _rank)
            SwitchRank(stream.Rank);
        if (happened.Ticks != 0)
            Frames.Ticks = happened.Ticks;
        _messages.LastOwner = happened.LastOwner;
        happened.Accept(this);
        if (_threads.Several && _style!.ThreadIds)
        {
            _buffer.Append(" [T"u8);
            _buffer.Append((long)stream.Thread);
            _buffer.Append((byte)']');
        }

        _buffer.EndLine();
    }

    /// <summary>Hands all lines to the output.</summary>
    public void Flush() => _buffer.Flush();

    public void FinishDocument() => Flush();

    public void FinishTrace()
    {
        if (_style is null)
            TakeStyle();
        foreach (KeyValuePair<uint, ulong> left in _reader.Definitions.LeftOut)
        {
            SiteText? site = _names.Site(left.Key);
            Begin(site?.Line ?? 0, 0, "# "u8);
            _buffer.Append(left.Value);
            _buffer.Append(left.Value == 1 ? " event of "u8 : " events of "u8);
            if (site?.Member is not null)
                WriteMember(site, left.Key);
            else
                WriteMethod(site, left.Key);
            _buffer.Append(left.Value == 1 ? " was left out: the limit was reached"u8 : " were left out: the limit was reached"u8);
            _buffer.EndLine();
        }
    }

    /// <summary>The first event has come, so the facts about the run are there.</summary>
    private void TakeStyle()
    {
        _style = TextStyle.Of(_reader.Definitions);
        _messages.ShowsObjectNumbers = _style.ObjectIds;
        if (!_style.Simple)
            _prefix = new LinePrefix(_reader.Clock, _style.Level);
        if (_header)
            TextHeader.Write(_buffer, new RunDescription(_reader));
    }

    private void SwitchRank(int rank)
    {
        _rank = rank;
        _rankPrefix = rank < 0 ? [] : Encoding.ASCII.GetBytes(FormattableString.Invariant($"[#{rank}] "));
    }

    void IEventVisitor.Run(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        int line = happened.Line != 0 ? happened.Line : site?.Method?.Line ?? 0;
        Begin(happened, line, Frames.Enter(happened.Depth, line));
        WriteMethod(site, happened.Site);
        _buffer.Append(" <- "u8);
        var values = new RecordCursor(happened.Values);
        _messages.WriteArguments(ref values, site?.Method);
        Check(happened, values);
    }

    void IEventVisitor.End(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        int indentation = Frames.Leave(happened.Depth, site?.Method?.Line ?? 0, out int line);
        Begin(happened, line, indentation);
        WriteMethod(site, happened.Site);
        _buffer.Append(" -> "u8);
        var values = new RecordCursor(happened.Values);
        _messages.WriteResult(ref values, happened.Failed);
        Check(happened, values);
    }

    void IEventVisitor.Await(RecordedEvent happened) => WriteSuspension(happened, Frames.Leave(happened.Depth, 0, out _));

    void IEventVisitor.Resume(RecordedEvent happened) => WriteSuspension(happened, Frames.Resume(happened.Depth));

    void IEventVisitor.Update(RecordedEvent happened)
    {
        BeginChange(happened);
        _buffer.Append((byte)' ');
        var values = new RecordCursor(happened.Values);
        WriteOldAndNew(ref values, happened.ValueType);
        EndChange(happened, values);
    }

    void IEventVisitor.Length(RecordedEvent happened)
    {
        BeginChange(happened);
        WriteLengths(happened);
        EndChange(happened, default);
    }

    void IEventVisitor.ElementStored(RecordedEvent happened)
    {
        BeginChange(happened);
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
        BeginChange(happened);
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
        BeginChange(happened);
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
        BeginChange(happened);
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
        Begin(happened, site?.Line ?? 0, Frames.Open);
        WriteMethod(site, happened.Site);
        Check(happened, default);
    }

    void IEventVisitor.Output(RecordedEvent happened)
    {
        Begin(happened, 0, Frames.Open);
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
        Begin(happened, 0, Frames.Open);
        _buffer.Append(happened.Kind == EventKind.TestBegun ? "begun"u8 : EventKinds.Outcome(happened.Detail));
        _buffer.Append((byte)' ');
        var values = new RecordCursor(happened.Values);
        _messages.WriteValue(ref values);
        if (happened.Kind == EventKind.TestEnded && (ValueTag)values.Next != ValueTag.Null)
        {
            _buffer.Append(": "u8);
            _messages.WriteValue(ref values);
        }

        Check(happened, values, unread: happened.Kind == EventKind.TestEnded ? sizeof(byte) : 0);
    }

    void IEventVisitor.Lost(RecordedEvent happened)
    {
        EventsLost += happened.Count;
        Begin(0, Frames.Open, "# "u8);
        _buffer.Append(happened.Count);
        _buffer.Append(happened.Count == 1 ? " event was not recorded"u8 : " events were not recorded"u8);
        Check(happened, default);
    }

    private void WriteSuspension(RecordedEvent happened, int indentation)
    {
        SiteText? site = _names.Site(happened.Site);
        Begin(happened, happened.Line != 0 ? happened.Line : site?.Method?.Line ?? 0, indentation);
        WriteMethod(site, happened.Site);
        var values = new RecordCursor(happened.Values);
        if ((ValueTag)values.Next != ValueTag.Void)
        {
            _buffer.Append(" -> "u8);
            _messages.WriteValue(ref values);
        }

        Check(happened, values);
    }

    /// <summary>Begins the line of a change, with the name of what changed.</summary>
    private void BeginChange(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        Begin(happened, happened.Line != 0 ? happened.Line : site?.Line ?? 0, Frames.Open);
        if (happened.KnownBy != 0)
            WriteMember(_names.Site(happened.KnownBy), happened.KnownBy);
        else
            WriteMember(site, happened.Site);
    }

    /// <summary>Ends the line of a change: whose it is, and whether it was seen later.</summary>
    private void EndChange(RecordedEvent happened, RecordCursor values)
    {
        if (_style is { ObjectIds: true })
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
        _buffer.Append(" ("u8);
        _buffer.Append(_names.Type(happened.Type).Name);
        _buffer.Append(")(len)"u8);
        _buffer.Append((long)happened.OldLength);
        _buffer.Append(" -> "u8);
        _buffer.Append((long)happened.NewLength);
    }

    // A recorder pads to a multiple of four: more behind the last field is another record, whose head was lost.
    private void Check(RecordedEvent happened, RecordCursor values, int unread = 0)
    {
        if (happened.IsDamaged || values.Damaged || values.Left > sizeof(uint) + unread)
            _damage.BadValues++;
    }

    private void Begin(RecordedEvent happened, int line, int depth)
    {
        Events++;
        Begin(line, depth, happened.Kind.Label());
        _buffer.Append((byte)' ');
    }

    private void Begin(int line, int depth, ReadOnlySpan<byte> what)
    {
        _prefix?.Write(_buffer, _threads.Last?.Ticks ?? 0);
        if (_rankPrefix.Length > 0)
            _buffer.Append(_rankPrefix);
        _buffer.AppendAligned(line, LineWidth);
        _buffer.Append((byte)' ');
        _buffer.AppendSpaces(2 * depth);
        _buffer.Append(what);
    }

    private void WriteMethod(SiteText? site, uint number)
    {
        if (site?.Method is { } method)
            _buffer.Append(_style is { ModulePath: false } ? method.NameInModule : method.Name);
        else
            WriteUnknownSite(number);
    }

    private void WriteMember(SiteText? site, uint number)
    {
        if (site?.Member is { } member)
            _buffer.Append(member);
        else
            WriteUnknownSite(number);
    }

    private void WriteUnknownSite(uint number)
    {
        _buffer.Append("?site "u8);
        _buffer.Append((long)number);
    }
}
