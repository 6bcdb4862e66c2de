using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>Gives events their names and the texts of their values, and hands them to the writer of a format.</summary>
/// <remarks>Text goes without it, straight from the record's bytes to the line's: it must keep up with the program.</remarks>
internal sealed class EventNaming : IRenderer, IEventVisitor
{
    private readonly TraceReader _reader;
    private readonly Names _names;
    private readonly IEventWriter _writer;
    private readonly Utf8Buffer _scratch = new(Stream.Null, capacity: 1024);
    private readonly MessageRenderer _messages;
    private readonly ThreadFrames _threads = new();
    private TextStyle? _style;

    /// <param name="reader">The trace.</param>
    /// <param name="writer">Takes the events.</param>
    public EventNaming(TraceReader reader, IEventWriter writer)
    {
        _reader = reader;
        _names = new Names(reader.Definitions);
        _writer = writer;
        _messages = new MessageRenderer(_scratch, _names);
    }

    public long Events { get; private set; }

    public ulong EventsLost { get; private set; }

    private FrameLines Frames => _threads.Last!;

    public void Visit(RecordedEvent happened)
    {
        if (_threads.Turns(happened.Stream))
        {
            Begin();
            _threads.TurnTo(happened.Stream);
        }

        Events++;
        _scratch.Clear();
        _messages.LastOwner = happened.LastOwner;
        happened.Accept(this);
    }

    public void Flush() => _writer.Flush();

    public void FinishDocument() => _writer.End();

    public void FinishTrace()
    {
        Begin();
        foreach (KeyValuePair<uint, ulong> left in _reader.Definitions.LeftOut)
        {
            SiteText? site = _names.Site(left.Key);
            _scratch.Clear();
            WriteName(site?.Member ?? NameOf(site?.Method), left.Key);
            _writer.WriteLeftOut(_reader, _scratch.Written, site?.Line ?? 0, left.Value);
        }
    }

    void IEventVisitor.Run(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        int line = happened.Line != 0 ? happened.Line : site?.Method?.Line ?? 0;
        int name = WriteName(NameOf(site?.Method), happened.Site);
        var values = new RecordCursor(happened.Values);
        long instance = site?.Method is { HasThis: true } && _style!.ObjectIds ? ObjectIn(values, happened.LastOwner) : 0;
        _messages.WriteArguments(ref values, site?.Method);
        Check(happened, values);
        int depth = Frames.Enter(happened.Depth, line);
        _writer.WriteRun(new NamedEvent
        {
            Recorded = happened, Depth = depth, Ended = Frames.Ended, Line = line, Method = site?.Method, Object = instance,
            Name = Written(0, name), Message = Written(name),
        });
    }

    void IEventVisitor.Resume(RecordedEvent happened) => Suspension(happened, Frames.Resume(happened.Depth));

    void IEventVisitor.Await(RecordedEvent happened) => Suspension(happened, Frames.Leave(happened.Depth, 0, out _));

    void IEventVisitor.End(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        int depth = Frames.Leave(happened.Depth, site?.Method?.Line ?? 0, out int line);
        int name = WriteName(NameOf(site?.Method), happened.Site);
        var values = new RecordCursor(happened.Values);
        _messages.WriteResult(ref values, happened.Failed);
        Check(happened, values);
        _writer.WriteEnd(new NamedEvent
        {
            Recorded = happened, Depth = depth, Ended = Frames.Ended, WasOpen = Frames.WasOpen, Line = line, Method = site?.Method,
            Name = Written(0, name), Message = Written(name),
        });
    }

    void IEventVisitor.Update(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        int name = WriteName(site?.Member, happened.Site);
        var values = new RecordCursor(happened.Values);
        int old = WriteValue(ref values, happened.ValueType);
        if (!values.Damaged)
            WriteValue(ref values, happened.ValueType);
        Check(happened, values);
        _writer.WriteChange(new NamedEvent
        {
            Recorded = happened, Depth = Frames.Open, Line = LineOf(happened, site), Method = site?.Method,
                Object = NumberOf(happened.Owner),
            Name = Written(0, name), HasOld = true, Old = Written(name, old), HasNew = true, New = Written(old),
        });
    }

    void IEventVisitor.Length(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        WriteName(site?.Member, happened.Site);
        Check(happened, default);
        _writer.WriteChange(new NamedEvent
        {
            Recorded = happened, Depth = Frames.Open, Line = LineOf(happened, site), Method = site?.Method,
                Object = NumberOf(happened.Owner),
            Name = _scratch.Written, CollectionType = _names.Type(happened.Type).Name,
        });
    }

    void IEventVisitor.ElementStored(RecordedEvent happened) => Element(happened, hasLengths: false, hasOld: true, hasNew: true);

    void IEventVisitor.ElementMoved(RecordedEvent happened) => Element(
        happened, hasLengths: true, hasOld: happened.Kind == TraceEventKind.ElementRemoved,
        hasNew: happened.Kind == TraceEventKind.ElementAdded);

    void IEventVisitor.CollectionChanged(RecordedEvent happened) => Element(happened, hasLengths: true, hasOld: true, hasNew: true);

    void IEventVisitor.Contents(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        int name = WriteCollection(happened, site);
        var values = new RecordCursor(happened.Values);
        WriteValue(ref values);
        Check(happened, values);
        _writer.WriteChange(new NamedEvent
        {
            Recorded = happened, Depth = Frames.Open, Line = LineOf(happened, site), Method = site?.Method,
                Object = NumberOf(happened.Owner),
            Collection = NumberOf(happened.Collection), Name = Written(0, name), Contents = Written(name),
        });
    }

    void IEventVisitor.Line(RecordedEvent happened)
    {
        SiteText? site = _names.Site(happened.Site);
        int name = WriteName(NameOf(site?.Method), happened.Site);
        Check(happened, default);
        _writer.WriteLine(new NamedEvent
            { Recorded = happened, Depth = Frames.Open, Line = site?.Line ?? 0, Method = site?.Method, Name = Written(0, name) });
    }

    void IEventVisitor.Output(RecordedEvent happened)
    {
        var values = new RecordCursor(happened.Values);
        _messages.WriteText(ref values);
        Check(happened, values);
        _writer.WriteOutput(new NamedEvent
            { Recorded = happened, Depth = Frames.Open, Name = EventKinds.Channel(happened.Detail), Message = _scratch.Written });
    }

    void IEventVisitor.Test(RecordedEvent happened)
    {
        var values = new RecordCursor(happened.Values);
        _messages.WriteText(ref values);
        int name = _scratch.Written.Length;
        if (happened.Kind == TraceEventKind.TestEnded && !values.Damaged)
            _messages.WriteText(ref values);
        Check(happened, values);
        _writer.WriteTest(new NamedEvent { Recorded = happened, Depth = Frames.Open, Name = Written(0, name), Message = Written(name) });
    }

    void IEventVisitor.Lost(RecordedEvent happened)
    {
        Events--;
        EventsLost += happened.Count;
        Check(happened, default);
        _writer.WriteLost(new NamedEvent { Recorded = happened, Depth = Frames.Open });
    }

    private void Suspension(RecordedEvent happened, int depth)
    {
        SiteText? site = _names.Site(happened.Site);
        int name = WriteName(NameOf(site?.Method), happened.Site);
        var values = new RecordCursor(happened.Values);
        if ((ValueTag)values.Next != ValueTag.Void)
            WriteValue(ref values);
        Check(happened, values);
        var suspension = new NamedEvent
        {
            Recorded = happened, Depth = depth, Ended = Frames.Ended, WasOpen = Frames.WasOpen,
            Line = happened.Line != 0
            ? happened.Line : site?.Method?.Line ?? 0, Method = site?.Method, Name = Written(0, name), Message = Written(name),
        };
        if (happened.Kind == TraceEventKind.MethodResumed)
            _writer.WriteRun(suspension);
        else
            _writer.WriteEnd(suspension);
    }

    private void Element(RecordedEvent happened, bool hasLengths, bool hasOld, bool hasNew)
    {
        SiteText? site = _names.Site(happened.Site);
        int name = WriteCollection(happened, site);
        var values = new RecordCursor(happened.Values);
        int element = (ValueTag)values.Next == ValueTag.Void && values.U8() == 0 ? name : WriteValue(ref values);
        if (happened.Part != 0)
        {
            _scratch.Append((byte)'.');
            _scratch.Append(_names.Text(happened.Part));
            element = _scratch.Written.Length;
        }

        int old = hasOld ? WriteValue(ref values) : element;
        if (hasNew && !values.Damaged)
            WriteValue(ref values);
        Check(happened, values);
        _writer.WriteChange(new NamedEvent
        {
            Recorded = happened, Depth = Frames.Open, Line = LineOf(happened, site), Method = site?.Method,
                Object = NumberOf(happened.Owner),
            Collection = NumberOf(happened.Collection), CollectionType = hasLengths ? _names.Type(happened.Type).Name : default,
            Name = Written(0, name), Element = Written(name, element), HasOld = hasOld, Old = Written(element, old), HasNew = hasNew,
            New = Written(old),
        });
    }

    private void Begin()
    {
        if (_style is not null)
            return;
        _style = TextStyle.Of(_reader.Definitions);
        _messages.ShowsObjectNumbers = _style.ObjectIds;
        _writer.Begin(_reader, _names, _style);
    }

    private void Check(RecordedEvent happened, in RecordCursor values)
    {
        if (happened.IsDamaged || !values.IsAtEnd())
            _reader.Damage.BadValues++;
    }

    private byte[]? NameOf(MethodText? method) => _style!.ModulePath ? method?.Name : method?.NameInModule;

    private long NumberOf(ulong identity) => _style!.ObjectIds ? TraceFormat.ObjectNumber(identity) : 0;

    private static int LineOf(RecordedEvent happened, SiteText? site) => happened.Line != 0 ? happened.Line : site?.Line ?? 0;

    private ReadOnlySpan<byte> Written(int start) => _scratch.Written.Slice(start);

    private ReadOnlySpan<byte> Written(int start, int end) => _scratch.Written.Slice(start, end - start);

    /// <summary>Writes a value into the scratch buffer.</summary>
    /// <returns>Where it ends.</returns>
    private int WriteValue(ref RecordCursor values, ValueTag type = ValueTag.Void)
    {
        _messages.WriteValue(ref values, type);
        return _scratch.Written.Length;
    }

    /// <summary>Writes the name of the member that a collection is known by.</summary>
    private int WriteCollection(RecordedEvent happened, SiteText? site) => happened.KnownBy == 0
        ? WriteName(site?.Member, happened.Site)
        : WriteName(_names.Site(happened.KnownBy)?.Member, happened.KnownBy);

    /// <summary>Writes a name into the scratch buffer.</summary>
    /// <returns>Where it ends.</returns>
    private int WriteName(byte[]? name, uint number)
    {
        if (name is not null)
        {
            _scratch.Append(name);
        }
        else
        {
            _scratch.Append("?site "u8);
            _scratch.Append((long)number);
        }

        return _scratch.Written.Length;
    }

    /// <summary>The number of the object that the next value is, or 0.</summary>
    private static long ObjectIn(RecordCursor cursor, ulong lastOwner) => (ValueTag)cursor.U8() switch
    {
        ValueTag.Object => TraceFormat.ObjectNumber(cursor.U64()),
        ValueTag.LastOwner => TraceFormat.ObjectNumber(lastOwner),
        ValueTag.UnderConstruction => (long)cursor.U64(),
        _ => 0,
    };
}
