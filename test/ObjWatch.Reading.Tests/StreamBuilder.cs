using System;
using System.Buffers.Binary;
using System.IO;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>Writes the records of one stream into chunks of a trace.</summary>
internal sealed class StreamBuilder
{
    private readonly TraceBuilder _trace;
    private readonly uint _number;
    private readonly uint _managedId;
    private ulong _ticks;
    private uint _sequence;
    private byte[]? _chunk;
    private int _position;
    private int? _rank;
    private uint _events;

    public StreamBuilder(TraceBuilder trace, uint number, uint managedId, ulong startTicks)
    {
        _trace = trace;
        _number = number;
        _managedId = managedId;
        _ticks = startTicks;
    }

    /// <summary>The chunk that is being written.</summary>
    public byte[]? LastChunk => _chunk;

    /// <summary>How far it has been written.</summary>
    public int Position => _position;

    public StreamBuilder Run(int site, ulong ticks, int line, int depth, params byte[][] values) => Timed(RecordKind.Run, ticks, writer =>
    {
        writer.Write(site);
        writer.Write(ticks);
        writer.Write(line);
        writer.Write(depth);
        foreach (byte[] value in values)
            writer.Write(value);
    });

    public StreamBuilder End(int site, ulong ticks, int depth, byte[] result, bool failed = false) =>
        Timed(failed ? RecordKind.Failed : RecordKind.End, ticks, writer =>
        {
            writer.Write(site);
            writer.Write(ticks);
            writer.Write(depth);
            writer.Write(result);
        });

    public StreamBuilder Await(int site, ulong ticks, int depth, int line, byte[]? given = null) =>
        Timed(RecordKind.Await, ticks, writer => Suspension(writer, site, ticks, depth, line, given ?? Value.Void));

    public StreamBuilder Resume(int site, ulong ticks, int depth, int line) =>
        Timed(RecordKind.Resume, ticks, writer => Suspension(writer, site, ticks, depth, line, Value.Void));

    public StreamBuilder Update(int site, long owner, byte[] before, byte[] after) => Record(RecordKind.Update, writer =>
    {
        writer.Write(site);
        writer.Write(TraceFormat.Identity(owner, owner == 0 ? 0 : 1));
        writer.Write(before);
        writer.Write(after);
    });

    public StreamBuilder UpdateAtLine(int site, long owner, int line, byte[] before, byte[] after) => Record(RecordKind.UpdateAtLine, writer =>
    {
        writer.Write(site);
        writer.Write(TraceFormat.Identity(owner, owner == 0 ? 0 : 1));
        writer.Write(line);
        writer.Write(before);
        writer.Write(after);
    });

    public StreamBuilder Length(int site, long owner, int before, int after, int type) => Record(RecordKind.Length, writer =>
    {
        writer.Write(site);
        writer.Write(TraceFormat.Identity(owner, owner == 0 ? 0 : 1));
        writer.Write(before);
        writer.Write(after);
        writer.Write(type);
    });

    public StreamBuilder OtherThread(uint number, ulong ticks, uint managedId) => Timed(RecordKind.OtherThread, ticks, writer =>
    {
        writer.Write(number);
        writer.Write(ticks);
        writer.Write(managedId);
    });

    /// <summary>From here on events are those of a rank; each later chunk begins with that.</summary>
    public StreamBuilder Rank(int rank)
    {
        _rank = rank;
        return Record(RecordKind.Rank, writer => writer.Write(rank));
    }

    public StreamBuilder EventsLost(long count) => Record(RecordKind.EventsLost, writer => writer.Write(count));

    public StreamBuilder Record(RecordKind kind, Action<BinaryWriter> write)
    {
        using var bytes = new MemoryStream();
        using var writer = new BinaryWriter(bytes);
        writer.Write(0);
        write(writer);
        while (bytes.Length % 4 != 0)
            writer.Write((byte)0);
        writer.Flush();
        byte[] record = bytes.ToArray();
        BinaryPrimitives.WriteUInt32LittleEndian(record, TraceFormat.Head(record.Length, kind));
        return Raw(record);
    }

    /// <summary>Writes bytes as they are.</summary>
    public StreamBuilder Raw(byte[] record)
    {
        if (_chunk is null || _position + record.Length > TraceFormat.ChunkSize)
            NextChunk();
        record.CopyTo(_chunk.AsSpan(_position));
        _position += record.Length;
        _events++;
        return this;
    }

    /// <summary>Leaves the rest of the present chunk unused.</summary>
    public StreamBuilder NextChunk()
    {
        if (_chunk is not null)
            BinaryPrimitives.WriteUInt32LittleEndian(_chunk.AsSpan(28), _events);
        _events = 0;
        if (_chunk is not null && _position < TraceFormat.ChunkSize)
            BinaryPrimitives.WriteUInt32LittleEndian(_chunk.AsSpan(_position), TraceFormat.Head(4, RecordKind.EndOfChunk));
        _chunk = _trace.AddChunk(_number, _managedId, _sequence++, _ticks);
        _position = TraceFormat.ChunkHeaderSize;
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
}
