using System;
using System.Buffers.Binary;
using System.IO;
using System.Linq;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>Writes the records of one stream as version 2 has them, by docs/trace-format.md and not by the recorder: as short as they may
/// be.</summary>
internal sealed class Version2StreamBuilder : StreamBuilder
{
    private readonly TraceBuilder _trace;
    private readonly uint _number;
    private readonly uint _managedId;
    private ulong _chunkTicks;
    private uint _sequence;
    private byte[]? _chunk;
    private int _position;
    private int _window;
    private int? _rank;
    private uint _events;
    private ulong _owner;
    private ulong _ticks;
    private int _depth;
    private ulong _ordinal;

    public Version2StreamBuilder(TraceBuilder trace, uint number, uint managedId, ulong startTicks)
    {
        _trace = trace;
        _number = number;
        _managedId = managedId;
        _chunkTicks = startTicks;
    }

    public override byte[]? LastChunk => _chunk;

    public override int Position => _position;

    public override uint Check => WindowCheck.Of(_chunk.AsSpan(_window, _position - _window));

    public override StreamBuilder Run(int site, ulong ticks, int line, int depth, params byte[][] values) =>
        Run(site, ticks, line, depth, null, 0, 0, values);

    /// <summary>A run with an activity and a flow.</summary>
    public StreamBuilder Run(int site, ulong ticks, int line, int depth, byte[]? trace, ulong span, ulong flow, params byte[][] values)
    {
        uint flowing = trace is null ? 0 : RecordHead.Flow;
        Call(RecordKind.Run, flowing, site, ticks, depth, _depth, writer =>
        {
            if (trace is not null)
            {
                writer.Write(trace);
                writer.Write(span);
                writer.Write(flow);
            }

            Line(writer, line);
            foreach (byte[] value in values)
                writer.Write(Short(value));
        });
        _depth = depth + 1;
        if (values.Length > 0 && values[0][0] == (byte)ValueTag.Object)
            _owner = BinaryPrimitives.ReadUInt64LittleEndian(values[0].AsSpan(1));
        return this;
    }

    public override StreamBuilder End(int site, ulong ticks, int depth, byte[] result, bool failed = false)
    {
        Call(failed ? RecordKind.Failed : RecordKind.End, 0, site, ticks, depth, _depth - 1, writer => writer.Write(Short(result)));
        _depth = depth;
        return this;
    }

    public override StreamBuilder Await(int site, ulong ticks, int depth, int line, byte[]? given = null)
    {
        Call(RecordKind.Await, 0, site, ticks, depth, _depth - 1, writer => Suspension(writer, line, given ?? Value.Void));
        _depth = depth;
        return this;
    }

    public override StreamBuilder Resume(int site, ulong ticks, int depth, int line)
    {
        Call(RecordKind.Resume, 0, site, ticks, depth, int.MinValue, writer => Suspension(writer, line, Value.Void));
        _depth = depth + 1;
        return this;
    }

    public override StreamBuilder Update(int site, long owner, byte[] before, byte[] after)
    {
        int size = ValueSizes.Of((ValueTag)before[0]);
        if (size == 0 || before[0] != after[0])
            return Change(RecordKind.Update, site, owner, 0, writer => Values(writer, before, after));
        ulong identity = Identity(owner);
        OwnerForm form = FormOf(identity);
        return Event(RecordHead.Of(StoreCode.Of((ValueTag)before[0], form), site), writer =>
        {
            Owner(writer, identity, form);
            writer.Write(before.AsSpan(1));
            writer.Write(after.AsSpan(1));
        });
    }

    /// <summary>A store of values that are written in fewer bytes than their type has.</summary>
    public StreamBuilder Narrow(ValueTag type, int site, long owner, byte[] before, byte[] after)
    {
        ulong identity = Identity(owner);
        OwnerForm form = FormOf(identity);
        return Event(RecordHead.Of(StoreCode.Of(type, form), site), writer =>
        {
            Owner(writer, identity, form);
            writer.Write(before);
            writer.Write(after);
        });
    }

    public override StreamBuilder UpdateAtLine(int site, long owner, int line, byte[] before, byte[] after) =>
        Change(RecordKind.Update, site, owner, RecordHead.LineStated, writer => Values(writer, before, after), line);

    public override StreamBuilder Length(int site, long owner, int before, int after, int type) =>
        Change(RecordKind.Length, site, owner, 0, writer =>
    {
        writer.Write(before);
        writer.Write(after);
        writer.Write(type);
    });

    /// <summary>A change of any kind.</summary>
    public StreamBuilder Change(RecordKind kind, int site, long owner, uint flags, Action<BinaryWriter> write, int line = 0)
    {
        ulong identity = Identity(owner);
        OwnerForm form = FormOf(identity);
        return Extended(RecordHead.Of((uint)kind, site), flags | ((uint)form << RecordHead.FormShift), writer =>
        {
            Owner(writer, identity, form);
            if ((flags & RecordHead.LineStated) != 0)
                writer.Write(line);
            write(writer);
        });
    }

    public StreamBuilder Line(int site) => Event(RecordHead.Of((uint)RecordKind.Line, site), _ => { });

    public StreamBuilder Said(RecordKind kind, ulong ticks, byte? detail, params byte[][] values)
    {
        _chunkTicks = _ticks = ticks;
        _events++;
        Record(kind, writer =>
        {
            writer.Write(ticks);
            if (detail is { } number)
                writer.Write(number);
            foreach (byte[] value in values)
                writer.Write(value);
        });
        _ordinal++;
        return this;
    }

    public override StreamBuilder OtherThread(uint number, ulong ticks, uint managedId)
    {
        _chunkTicks = ticks;
        Record(RecordKind.OtherThread, writer =>
        {
            writer.Write(number);
            writer.Write(ticks);
            writer.Write(managedId);
        });
        _owner = _ticks = _ordinal = 0;
        _depth = 0;
        return Safepoint();
    }

    public override StreamBuilder Rank(int rank)
    {
        _rank = rank;
        return Record(RecordKind.Rank, writer => writer.Write(rank));
    }

    public override StreamBuilder EventsLost(long count)
    {
        Record(RecordKind.EventsLost, writer => writer.Write(count));
        _ordinal += (ulong)count;
        return this;
    }

    public override StreamBuilder Record(RecordKind kind, Action<BinaryWriter> write)
    {
        byte[] record = Bytes(write, sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(record, RecordHead.Sized(kind, record.Length));
        return Raw(record);
    }

    public override StreamBuilder Raw(byte[] record)
    {
        if (_chunk is null || _position + record.Length + 8 > TraceFormat.ChunkSize)
            NextChunk();
        else if (_number != 0 && _position - _window >= TraceFormat.WindowSize)
            Safepoint();
        record.CopyTo(_chunk.AsSpan(_position));
        _position += record.Length;
        return this;
    }

    public override StreamBuilder NextChunk()
    {
        if (_chunk is not null)
        {
            BinaryPrimitives.WriteUInt32LittleEndian(_chunk.AsSpan(ChunkHeader.EventsOffset), _events);
            BinaryPrimitives.WriteUInt32LittleEndian(_chunk.AsSpan(_position + 4), Check);
            BinaryPrimitives.WriteUInt32LittleEndian(_chunk.AsSpan(_position), RecordHead.Sized(RecordKind.EndOfChunk, 8));
        }

        _events = 0;
        _chunk = _trace.AddChunk(_number, _managedId, _sequence++, _chunkTicks);
        BinaryPrimitives.WriteUInt64LittleEndian(_chunk.AsSpan(32), _ordinal);
        _position = _window = ChunkHeader.Size;
        if (_number != 0)
            Safepoint();
        return _rank is { } rank ? Rank(rank) : this;
    }

    /// <summary>Says in full what later records leave out.</summary>
    private Version2StreamBuilder Safepoint()
    {
        uint check = _position == _window ? 0 : Check;
        byte[] record = Bytes(
            writer =>
            {
                writer.Write(Trace.Format.Safepoint.Magic);
                writer.Write(check);
                writer.Write(_depth);
                writer.Write(_ticks);
                writer.Write(_owner);
                writer.Write(_ordinal);
            },
            sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(record, RecordHead.Sized(RecordKind.Safepoint, record.Length));
        record.CopyTo(_chunk.AsSpan(_position));
        _window = _position;
        _position += record.Length;
        return this;
    }

    private void Call(RecordKind kind, uint flags, int site, ulong ticks, int depth, int untold, Action<BinaryWriter> write)
    {
        // What a new chunk states is what was before this record.
        if (_chunk is null)
            NextChunk();
        ulong since = ticks - _ticks;
        bool stated = since >= RecordHead.TicksToState || depth != untold;
        _chunkTicks = ticks;
        Extended(RecordHead.Of((uint)kind | flags | (stated ? RecordHead.Stated : 0), site), stated
            ? 0 : (uint)since << RecordHead.DetailShift, writer =>
        {
            if (stated)
            {
                writer.Write(ticks);
                writer.Write(depth);
            }

            write(writer);
        });
        _ticks = ticks;
    }

    private Version2StreamBuilder Extended(uint head, uint extent, Action<BinaryWriter> write)
    {
        byte[] record = Bytes(write, 2 * sizeof(uint));
        BinaryPrimitives.WriteUInt32LittleEndian(record.AsSpan(sizeof(uint)), extent | ((uint)record.Length / sizeof(uint)));
        return Counted(head, record);
    }

    private Version2StreamBuilder Event(uint head, Action<BinaryWriter> write) => Counted(head, Bytes(write, sizeof(uint)));

    private Version2StreamBuilder Counted(uint head, byte[] record)
    {
        BinaryPrimitives.WriteUInt32LittleEndian(record, head);
        Raw(record);
        _events++;
        _ordinal++;
        return this;
    }

    private static byte[] Bytes(Action<BinaryWriter> write, int reserved)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(new byte[reserved]);
        write(writer);
        while (bytes.Length % 4 != 0)
            writer.Write((byte)0);
        writer.Flush();
        return bytes.ToArray();
    }

    private static void Suspension(BinaryWriter writer, int line, byte[] value)
    {
        Line(writer, line);
        writer.Write(value);
    }

    private static void Line(BinaryWriter writer, int line)
    {
        if (line is >= 0 and < ushort.MaxValue)
        {
            writer.Write((ushort)line);
            return;
        }

        writer.Write(ushort.MaxValue);
        writer.Write(line);
    }

    private void Values(BinaryWriter writer, params byte[][] values)
    {
        foreach (byte[] value in values)
            writer.Write(Short(value));
    }

    /// <summary>The last owner takes one byte.</summary>
    private byte[] Short(byte[] value) => _owner != 0 && value.Length == 9 && value[0] == (byte)ValueTag.Object
        && value.AsSpan(1).SequenceEqual(BitConverter.GetBytes(_owner))
        ? [(byte)ValueTag.LastOwner]
        : value;

    private static ulong Identity(long owner) => TraceFormat.Identity(owner, owner == 0 ? 0 : 1);

    private OwnerForm FormOf(ulong identity) => identity == 0 ? OwnerForm.None
        : identity == _owner ? OwnerForm.Same
        : identity >> 32 == _owner >> 32 ? OwnerForm.Near
        : OwnerForm.Stated;

    private void Owner(BinaryWriter writer, ulong identity, OwnerForm form)
    {
        if (form == OwnerForm.Near)
            writer.Write((uint)identity);
        else if (form == OwnerForm.Stated)
            writer.Write(identity);
        if (form != OwnerForm.None)
            _owner = identity;
    }
}
