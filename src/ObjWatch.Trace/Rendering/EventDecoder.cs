using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>Turns records into events with names and values, and hands these to the writer of a format.</summary>
/// <remarks>Text goes without it, straight from the record's bytes to the line's: it must keep up with the program.</remarks>
internal sealed class EventDecoder : IRenderer
{
    private readonly TraceReader _reader;
    private readonly TraceDamage _damage;
    private readonly Names _names;
    private readonly IEventWriter _writer;
    private readonly Utf8Buffer _scratch = new(Stream.Null, capacity: 1024);
    private readonly MessageRenderer _messages;
    private readonly ThreadFrames _threads = new();
    private TextStyle? _style;

    /// <param name="reader">The trace.</param>
    /// <param name="writer">Takes the events.</param>
    public EventDecoder(TraceReader reader, IEventWriter writer)
    {
        _reader = reader;
        _damage = reader.Damage;
        _names = new Names(reader.Definitions);
        _writer = writer;
        _messages = new MessageRenderer(_scratch, _names);
    }

    public long Events { get; private set; }

    public ulong EventsLost { get; private set; }

    public void Visit(TraceStream stream, ReadOnlySpan<byte> record)
    {
        if (_threads.Turns(stream))
            TurnTo(stream);
        FrameLines frames = _threads.Last!;
        var cursor = new RecordCursor(record);
        var kind = (RecordKind)(byte)(cursor.U32() >> 16);
        _scratch.Clear();
        switch (kind)
        {
            case RecordKind.Run:
                Run(stream, ref cursor, frames);
                break;
            case RecordKind.End:
            case RecordKind.Failed:
                End(stream, ref cursor, frames, failed: kind == RecordKind.Failed);
                break;
            case RecordKind.Await:
            case RecordKind.Resume:
                Suspension(stream, ref cursor, frames, resumed: kind == RecordKind.Resume);
                break;
            case RecordKind.Update:
            case RecordKind.UpdateAtLine:
                Update(stream, ref cursor, frames, hasLine: kind == RecordKind.UpdateAtLine);
                break;
            case RecordKind.Length:
                Length(stream, ref cursor, frames);
                break;
            case RecordKind.EventsLost:
                Lost(stream, ref cursor, frames);
                break;
            default:
                _damage.BadRecords++;
                return;
        }

        // A recorder pads to a multiple of four: more behind the last field is another record, whose head was lost.
        if (cursor.Damaged || cursor.Left > sizeof(uint))
            _damage.BadValues++;
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

    private void Begin()
    {
        if (_style is not null)
            return;
        _style = TextStyle.Of(_reader.Definitions);
        _messages.ShowsObjectNumbers = _style.ObjectIds;
        _writer.Begin(_reader, _names, _style);
    }

    private void TurnTo(TraceStream stream)
    {
        Begin();
        _threads.TurnTo(stream);
    }

    private void Run(TraceStream stream, ref RecordCursor cursor, FrameLines frames)
    {
        Events++;
        uint number = cursor.U32();
        ulong ticks = cursor.U64();
        int line = Positive(cursor.U32());
        uint depth = cursor.U32();
        SiteText? site = _names.Site(number);
        if (line == 0)
            line = site?.Method?.Line ?? 0;
        long instance = site?.Method is { HasThis: true } && _style!.ObjectIds ? ObjectIn(cursor) : 0;
        int start = WriteName(NameOf(site?.Method), number);
        _messages.WriteArguments(ref cursor, site?.Method);
        int indentation = frames.Enter(depth, line);
        _writer.Write(new TraceEvent
        {
            Kind = EventKind.Run, Stream = stream, Depth = indentation, Ended = frames.Ended, Line = line, Ticks = ticks, Method = site?.Method,
            Object = instance, Name = _scratch.Written.Slice(0, start), Message = _scratch.Written.Slice(start),
        });
    }

    private void End(TraceStream stream, ref RecordCursor cursor, FrameLines frames, bool failed)
    {
        Events++;
        uint number = cursor.U32();
        ulong ticks = cursor.U64();
        uint depth = cursor.U32();
        SiteText? site = _names.Site(number);
        int indentation = frames.Leave(depth, site?.Method?.Line ?? 0, out int line);
        int start = WriteName(NameOf(site?.Method), number);
        _messages.WriteResult(ref cursor, failed);
        _writer.Write(new TraceEvent
        {
            Kind = EventKind.End, Stream = stream, Depth = indentation, Ended = frames.Ended, WasOpen = frames.WasOpen, Line = line, Ticks = ticks,
            Method = site?.Method, Failed = failed, Name = _scratch.Written.Slice(0, start), Message = _scratch.Written.Slice(start),
        });
    }

    private void Suspension(TraceStream stream, ref RecordCursor cursor, FrameLines frames, bool resumed)
    {
        Events++;
        uint number = cursor.U32();
        ulong ticks = cursor.U64();
        uint depth = cursor.U32();
        int line = Positive(cursor.U32());
        SiteText? site = _names.Site(number);
        int indentation = resumed ? frames.Resume(depth) : frames.Leave(depth, 0, out _);
        int start = WriteName(NameOf(site?.Method), number);
        if ((ValueTag)cursor.Next != ValueTag.Void)
            _messages.WriteValue(ref cursor);
        _writer.Write(new TraceEvent
        {
            Kind = resumed ? EventKind.Resume : EventKind.Await, Stream = stream, Depth = indentation, Ended = frames.Ended, WasOpen = frames.WasOpen,
            Line = line != 0 ? line : site?.Method?.Line ?? 0, Ticks = ticks, Method = site?.Method,
            Name = _scratch.Written.Slice(0, start), Message = _scratch.Written.Slice(start),
        });
    }

    private void Update(TraceStream stream, ref RecordCursor cursor, FrameLines frames, bool hasLine)
    {
        Events++;
        uint number = cursor.U32();
        ulong owner = cursor.U64();
        SiteText? site = _names.Site(number);
        int line = hasLine ? Positive(cursor.U32()) : 0;
        int before = WriteName(site?.Member, number);
        _messages.WriteValue(ref cursor);
        int after = _scratch.Written.Length;
        if (!cursor.Damaged)
            _messages.WriteValue(ref cursor);
        _writer.Write(new TraceEvent
        {
            Kind = EventKind.Update, Stream = stream, Depth = frames.Open, Line = line != 0 ? line : site?.Line ?? 0, Method = site?.Method,
            Object = NumberOf(owner), Name = _scratch.Written.Slice(0, before),
            Old = _scratch.Written.Slice(before, after - before), New = _scratch.Written.Slice(after),
        });
    }

    private void Length(TraceStream stream, ref RecordCursor cursor, FrameLines frames)
    {
        Events++;
        uint number = cursor.U32();
        ulong owner = cursor.U64();
        uint before = cursor.U32();
        uint after = cursor.U32();
        uint type = cursor.U32();
        SiteText? site = _names.Site(number);
        WriteName(site?.Member, number);
        _writer.Write(new TraceEvent
        {
            Kind = after > before ? EventKind.Append : EventKind.Pop, Stream = stream, Depth = frames.Open, Line = site?.Line ?? 0, Method = site?.Method,
            Object = NumberOf(owner), Name = _scratch.Written, CollectionType = _names.Type(type).Name,
            OldLength = before, NewLength = after,
        });
    }

    private void Lost(TraceStream stream, ref RecordCursor cursor, FrameLines frames)
    {
        ulong count = cursor.U64();
        EventsLost += count;
        _writer.Write(new TraceEvent { Kind = EventKind.Lost, Stream = stream, Depth = frames.Open, Count = count });
    }

    private byte[]? NameOf(MethodText? method) => _style!.ModulePath ? method?.Name : method?.NameInModule;

    private long NumberOf(ulong owner) => _style!.ObjectIds ? TraceFormat.ObjectNumber(owner) : 0;

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
    private static long ObjectIn(RecordCursor cursor) => (ValueTag)cursor.U8() switch
    {
        ValueTag.Object => TraceFormat.ObjectNumber(cursor.U64()),
        ValueTag.UnderConstruction => (long)cursor.U64(),
        _ => 0,
    };

    private static int Positive(uint line) => line <= int.MaxValue ? (int)line : 0;
}
