using System;
using System.Collections.Generic;
using System.IO;
using System.Text;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>
/// Writes the lines of an <c>.objwatch</c> file: <c>{line,5} {two spaces per depth}{event} {message}</c>, and <c> [T{n}]</c> at
/// the end once a second thread has recorded.
/// </summary>
/// <remarks>Goes from the record's bytes to the text's bytes without objects in between: this is what keeps up with a program that records
/// millions of events a second.</remarks>
internal sealed class TextRenderer : IRenderer
{
    private readonly Names _names;
    private readonly Utf8Buffer _buffer;
    private readonly MessageRenderer _messages;
    private readonly TraceReader _reader;
    private readonly bool _header;
    private readonly ThreadFrames _threads = new();
    private TextStyle? _style;
    private int _rank = -1;
    private readonly TextLines _lines;
    private readonly LineStart _start;

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
        _names = new Names(reader.Definitions);
        _buffer = buffer;
        _messages = new MessageRenderer(_buffer, _names);
        _start = new LineStart(buffer, _threads);
        _lines = new TextLines(reader.Damage, _names, buffer, _messages, _threads, _start);
    }

    /// <summary>How many events have been rendered.</summary>
    public long Events => _lines.Events;

    /// <summary>How many events the recorder could not record, as it says itself.</summary>
    public ulong EventsLost => _lines.EventsLost;

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
            _threads.Last!.Ticks = happened.Ticks;
        _messages.LastOwner = happened.LastOwner;
        happened.Accept(_lines);
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
            _start.Write(site?.Line ?? 0, 0, "# "u8);
            _buffer.Append(left.Value);
            _buffer.Append(left.Value == 1 ? " event of "u8 : " events of "u8);
            if (site?.Member is not null)
                _start.WriteMember(site, left.Key);
            else
                _start.WriteMethod(site, left.Key);
            _buffer.Append(left.Value == 1 ? " was left out: the limit was reached"u8 : " were left out: the limit was reached"u8);
            _buffer.EndLine();
        }
    }

    /// <summary>The first event has come, so the facts about the run are there.</summary>
    private void TakeStyle()
    {
        _style = _start.Style = TextStyle.Of(_reader.Definitions);
        _messages.ShowsObjectNumbers = _style.ObjectIds;
        if (!_style.Simple)
            _start.Prefix = new LinePrefix(_reader.Clock, _style.Level);
        if (_header)
            TextHeader.Write(_buffer, new RunDescription(_reader));
    }

    private void SwitchRank(int rank)
    {
        _rank = rank;
        _start.RankPrefix = rank < 0 ? [] : Encoding.ASCII.GetBytes(FormattableString.Invariant($"[#{rank}] "));
    }
}
