using System;
using System.Buffers.Binary;
using System.IO;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>Writes the records of one stream as version 1 has them.</summary>
internal sealed class Version1StreamBuilder : StreamBuilder
{
    private const byte UpdateAtLineCode = 5;

    private readonly TraceBuilder _trace;
    private readonly uint _number;
    private readonly uint _managedId;
    private ulong _ticks;
    private uint _sequence;
    private byte[]? _chunk;
    private int _position;
    private int? _rank;
    private uint _events;

    public Version1StreamBuilder(TraceBuilder trace, uint number, uint managedId, ulong startTicks)
    {
        _trace = trace;
        _number = number;
        _managedId = managedId;
        _ticks = startTicks;
    }

    /// <summary>The chunk that is being written.</summary>
    public override byte[]? LastChunk => _chunk;

    /// <summary>How far it has been written.</summary>
    public override int Position => _position;

    public override StreamBuilder Run(int site, ulong ticks, int line, int depth, params byte[][] values) =>
        Timed(RecordKind.Run, ticks, writer =>
    {
        writer.Write(site);
        writer.Write(ticks);
        writer.Write(line);
        writer.Write(depth);
        foreach (byte[] value in values)
            writer.Write(value);
    });

    public override StreamBuilder End(int site, ulong ticks, int depth, byte[] result, bool failed = false) =>
        Timed(failed ? RecordKind.Failed : RecordKind.End, ticks, writer =>
        {
            writer.Write(site);
            writer.Write(ticks);
            writer.Write(depth);
            writer.Write(result);
        });

    public override StreamBuilder Await(int site, ulong ticks, int depth, int line, byte[]? given = null) =>
        Timed(RecordKind.Await, ticks, writer => Suspension(writer, site, ticks, depth, line, given ?? Value.Void));

    public override StreamBuilder Resume(int site, ulong ticks, int depth, int line) =>
        Timed(RecordKind.Resume, ticks, writer => Suspension(writer, site, ticks, depth, line, Value.Void));

    public override StreamBuilder Update(int site, long owner, byte[] before, byte[] after) => Record(RecordKind.Update, writer =>
    {
        writer.Write(site);
        writer.Write(TraceFormat.Identity(owner, owner == 0 ? 0 : 1));
        writer.Write(before);
        writer.Write(after);
    });

    public override StreamBuilder UpdateAtLine(int site, long owner, int line, byte[] before, byte[] after) =>
        Coded(UpdateAtLineCode, writer =>
    {
        writer.Write(site);
        writer.Write(TraceFormat.Identity(owner, owner == 0 ? 0 : 1));
        writer.Write(line);
        writer.Write(before);
        writer.Write(after);
    });

    public override StreamBuilder Length(int site, long owner, int before, int after, int type) => Record(RecordKind.Length, writer =>
    {
        writer.Write(site);
        writer.Write(TraceFormat.Identity(owner, owner == 0 ? 0 : 1));
        writer.Write(before);
        writer.Write(after);
        writer.Write(type);
    });

    public override StreamBuilder OtherThread(uint number, ulong ticks, uint managedId) => Timed(RecordKind.OtherThread, ticks, writer =>
    {
        writer.Write(number);
        writer.Write(ticks);
        writer.Write(managedId);
    });

    /// <summary>From here on events are those of a rank; each later chunk begins with that.</summary>
    public override StreamBuilder Rank(int rank)
    {
        _rank = rank;
        return Record(RecordKind.Rank, writer => writer.Write(rank));
    }

    public override StreamBuilder EventsLost(long count) => Record(RecordKind.EventsLost, writer => writer.Write(count));

    public override StreamBuilder Record(RecordKind kind, Action<BinaryWriter> write)
    {
        return Coded(CodeOf(kind), write);
    }

    private StreamBuilder Coded(byte code, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0);
        write(writer);
        while (bytes.Length % 4 != 0)
            writer.Write((byte)0);
        writer.Flush();
        byte[] record = bytes.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(record, (uint)record.Length | ((uint)code << 16));
        return Raw(record);
    }

    /// <summary>Writes bytes as they are.</summary>
    public override StreamBuilder Raw(byte[] record)
    {
        if (_chunk is null || _position + record.Length > TraceFormat.ChunkSize)
            NextChunk();
        record.CopyTo(_chunk.AsSpan(_position));
        _position += record.Length;
        _events++;
        return this;
    }

    /// <summary>Leaves the rest of the present chunk unused.</summary>
    public override StreamBuilder NextChunk()
    {
        if (_chunk is not null)
            BinaryPrimitives.WriteUInt32LittleEndian(_chunk.AsSpan(28), _events);
        _events = 0;
        if (_chunk is not null && _position < TraceFormat.ChunkSize)
            BinaryPrimitives.WriteUInt32LittleEndian(_chunk.AsSpan(_position), 4 | (7u << 16));
        _chunk = _trace.AddChunk(_number, _managedId, _sequence++, _ticks);
        _position = ChunkHeader.SizeInVersion1;
        return _rank is { } rank ? Rank(rank) : this;
    }

    private static void Suspension(BinaryWriter writer, int site, ulong ticks, int depth, int line, byte[] value)
    {
        writer.Write(site);
        writer.Write(ticks);
        writer.Write(depth);
        writer.Write(line);
        writer.Write(value);
    }

    private StreamBuilder Timed(RecordKind kind, ulong ticks, Action<BinaryWriter> write)
    {
        _ticks = ticks;
        return Record(kind, write);
    }

    private static byte CodeOf(RecordKind kind)
    {
        foreach (RecordLayout layout in RecordSchema.Version1.Layouts)
        {
            if (layout.Kind == kind)
                return layout.Code;
        }

        throw new ArgumentOutOfRangeException(nameof(kind), kind, "not in version 1");
    }
}
