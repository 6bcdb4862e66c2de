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
internal sealed class TextRenderer : IRenderer
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

    public void Visit(TraceStream stream, ReadOnlySpan<byte> record)
    {
        if (_style is null)
            TakeStyle();
        if (_threads.Turns(stream))
            _threads.TurnTo(stream);
        FrameLines frames = _threads.Last!;
        if (stream.Rank != _rank)
            SwitchRank(stream.Rank);
        var cursor = new RecordCursor(record);
        var kind = (RecordKind)(byte)(cursor.U32() >> 16);
        switch (kind)
        {
            case RecordKind.Run:
                WriteRun(ref cursor, frames);
                break;
            case RecordKind.End:
            case RecordKind.Failed:
                WriteEnd(ref cursor, frames, failed: kind == RecordKind.Failed);
                break;
            case RecordKind.Await:
            case RecordKind.Resume:
                WriteSuspension(ref cursor, frames, resumed: kind == RecordKind.Resume);
                break;
            case RecordKind.Update:
            case RecordKind.UpdateAtLine:
                WriteUpdate(ref cursor, frames, hasLine: kind == RecordKind.UpdateAtLine);
                break;
            case RecordKind.Length:
                WriteLength(ref cursor, frames);
                break;
            case RecordKind.EventsLost:
                WriteEventsLost(ref cursor, frames);
                break;
            default:
                _damage.BadRecords++;
                return;
        }

        // A recorder pads to a multiple of four: more behind the last field is another record, whose head was lost.
        if (cursor.Damaged || cursor.Left > sizeof(uint))
            _damage.BadValues++;
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

    private void WriteRun(ref RecordCursor cursor, FrameLines frames)
    {
        Events++;
        uint number = cursor.U32();
        frames.Ticks = cursor.U64();
        int line = Positive(cursor.U32());
        uint depth = cursor.U32();
        SiteText? site = _names.Site(number);
        if (line == 0)
            line = site?.Method?.Line ?? 0;
        Begin(line, frames.Enter(depth, line), "run "u8);
        WriteMethod(site, number);
        _buffer.Append(" <- "u8);
        _messages.WriteArguments(ref cursor, site?.Method);
    }

    private void WriteEnd(ref RecordCursor cursor, FrameLines frames, bool failed)
    {
        Events++;
        uint number = cursor.U32();
        frames.Ticks = cursor.U64();
        uint depth = cursor.U32();
        SiteText? site = _names.Site(number);
        int indentation = frames.Leave(depth, site?.Method?.Line ?? 0, out int line);
        Begin(line, indentation, "end "u8);
        WriteMethod(site, number);
        _buffer.Append(" -> "u8);
        _messages.WriteResult(ref cursor, failed);
    }

    private void WriteSuspension(ref RecordCursor cursor, FrameLines frames, bool resumed)
    {
        Events++;
        uint number = cursor.U32();
        frames.Ticks = cursor.U64();
        uint depth = cursor.U32();
        int line = Positive(cursor.U32());
        SiteText? site = _names.Site(number);
        int indentation = resumed ? frames.Resume(depth) : frames.Leave(depth, 0, out _);
        Begin(line != 0 ? line : site?.Method?.Line ?? 0, indentation, resumed ? "rsm "u8 : "awt "u8);
        WriteMethod(site, number);
        if ((ValueTag)cursor.Next == ValueTag.Void)
            return;
        _buffer.Append(" -> "u8);
        _messages.WriteValue(ref cursor);
    }

    private void WriteUpdate(ref RecordCursor cursor, FrameLines frames, bool hasLine)
    {
        Events++;
        uint number = cursor.U32();
        ulong owner = cursor.U64();
        SiteText? site = _names.Site(number);
        int line = hasLine ? Positive(cursor.U32()) : 0;
        Begin(line != 0 ? line : site?.Line ?? 0, frames.Open, "upd "u8);
        WriteMember(site, number);
        _buffer.Append((byte)' ');
        _messages.WriteValue(ref cursor);
        _buffer.Append(" -> "u8);
        if (!cursor.Damaged)
            _messages.WriteValue(ref cursor);
        WriteOwner(owner);
    }

    private void WriteLength(ref RecordCursor cursor, FrameLines frames)
    {
        Events++;
        uint number = cursor.U32();
        ulong owner = cursor.U64();
        uint before = cursor.U32();
        uint after = cursor.U32();
        uint type = cursor.U32();
        SiteText? site = _names.Site(number);
        Begin(site?.Line ?? 0, frames.Open, after > before ? "apd "u8 : "pop "u8);
        WriteMember(site, number);
        _buffer.Append(" ("u8);
        _buffer.Append(_names.Type(type).Name);
        _buffer.Append(")(len)"u8);
        _buffer.Append((long)before);
        _buffer.Append(" -> "u8);
        _buffer.Append((long)after);
        WriteOwner(owner);
    }

    private void WriteEventsLost(ref RecordCursor cursor, FrameLines frames)
    {
        ulong count = cursor.U64();
        EventsLost += count;
        Begin(0, frames.Open, "# "u8);
        _buffer.Append(count);
        _buffer.Append(count == 1 ? " event was not recorded"u8 : " events were not recorded"u8);
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

    private void WriteOwner(ulong owner)
    {
        if (owner == 0 || _style is { ObjectIds: false })
            return;
        _buffer.Append(" #"u8);
        _buffer.Append(TraceFormat.ObjectNumber(owner));
    }

    private static int Positive(uint line) => line <= int.MaxValue ? (int)line : 0;
}
