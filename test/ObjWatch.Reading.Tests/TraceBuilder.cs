using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.IO;
using System.Text;
using ObjWatch.Trace.Format;

namespace ObjWatch.Reading.Tests;

/// <summary>Makes traces by the specification, without the recorder.</summary>
internal sealed class TraceBuilder
{
    public const long Frequency = 1_000_000_000;

    private readonly List<byte[]> _chunks = [];

    /// <param name="version">The version of the format.</param>
    public TraceBuilder(uint version = TraceFormat.Version)
    {
        Version = version;
        Definitions = Thread(0, managedId: 0);
    }

    public uint Version { get; }

    public StreamBuilder Definitions { get; }

    public bool Closed { get; set; } = true;

    public long StartTicks { get; set; }

    public DateTime StartTime { get; set; } = new(2026, 11, 22, 8, 0, 0, DateTimeKind.Utc);

    public int ChunkCount => _chunks.Count;

    public StreamBuilder Thread(uint number, ulong startTicks = 0, uint managedId = 1) => Version == TraceFormat.Version1
        ? new Version1StreamBuilder(this, number, managedId, startTicks)
        : new Version2StreamBuilder(this, number, managedId, startTicks);

    public byte[] Build()
    {
        using var file = new MemoryStream();
        file.Write(Header());
        foreach (byte[] chunk in _chunks)
            file.Write(chunk);
        if (Closed)
        {
            file.Position = 64;
            file.Write(BitConverter.GetBytes(file.Length));
        }

        return file.ToArray();
    }

    public byte[] Header()
    {
        var header = new byte[TraceFormat.HeaderSize];
        BinaryPrimitives.WriteUInt64LittleEndian(header, TraceFormat.FileMagic);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(8), Version);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(12), TraceFormat.ChunkSize);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(16), Frequency);
        BinaryPrimitives.WriteUInt64LittleEndian(header.AsSpan(24), (ulong)StartTicks);
        BinaryPrimitives.WriteInt64LittleEndian(header.AsSpan(32), StartTime.Ticks);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(40), 4711);
        BinaryPrimitives.WriteUInt32LittleEndian(header.AsSpan(44), Closed ? 1u : 0u);
        return header;
    }

    public byte[] AddChunk(uint stream, uint managedId, uint sequence, ulong ticks)
    {
        var chunk = new byte[TraceFormat.ChunkSize];
        _chunks.Add(chunk);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk, stream);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(4), managedId);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(8), sequence);
        BinaryPrimitives.WriteUInt64LittleEndian(chunk.AsSpan(16), ticks);
        BinaryPrimitives.WriteUInt32LittleEndian(chunk.AsSpan(ChunkHeader.MagicOffset), ChunkHeader.InUse);
        return chunk;
    }

    public void Table(uint first, SiteTable table, int partSize = 4000)
    {
        using var bytes = new MemoryStream();
        table.Write(bytes);
        byte[] all = bytes.ToArray();
        for (int offset = 0; offset < all.Length; offset += partSize)
        {
            byte[] part = all[offset..Math.Min(all.Length, offset + partSize)];
            int start = offset;
            Definitions.Record(RecordKind.AssemblyPart, writer =>
            {
                writer.Write(first);
                writer.Write(all.Length);
                writer.Write(start);
                writer.Write(part.Length);
                writer.Write(part);
            });
        }
    }

    public void Type(int number, string name, params string[] fields) => Definitions.Record(RecordKind.Type, writer =>
    {
        writer.Write(number);
        writer.Write((byte)0);
        Text(writer, name);
        Text(writer, "Sample." + name);
        writer.Write((ushort)fields.Length);
        foreach (string field in fields)
            Text(writer, field);
    });

    public void Enum(int number, string name, params (string Name, long Value)[] members) => Definitions.Record(RecordKind.Type, writer =>
    {
        writer.Write(number);
        writer.Write((byte)1);
        Text(writer, name);
        Text(writer, "Sample." + name);
        writer.Write((ushort)members.Length);
        foreach ((string member, long value) in members)
        {
            Text(writer, member);
            writer.Write(value);
        }
    });

    public void Fact(string key, string value) => Definitions.Record(RecordKind.Fact, writer =>
    {
        Text(writer, key);
        Text(writer, value);
    });

    public void ThreadName(uint stream, uint managedId, string name) => Definitions.Record(RecordKind.Thread, writer =>
    {
        writer.Write(stream);
        writer.Write(managedId);
        Text(writer, name);
    });

    public void Text(int number, string text) => Definitions.Record(RecordKind.Text, writer =>
    {
        writer.Write(number);
        Text(writer, text);
    });

    /// <summary>Says how far a stream's last chunk has been written.</summary>
    public void Written(StreamBuilder stream) => Definitions.Record(RecordKind.Written, writer =>
    {
        writer.Write(TraceFormat.HeaderSize + ((long)TraceFormat.ChunkSize * _chunks.IndexOf(stream.LastChunk!)));
        writer.Write(stream.Position);
        if (Version != TraceFormat.Version1)
            writer.Write(stream.Check);
    });

    /// <summary>Says what a source file's checksum is.</summary>
    public void Checksum(uint firstSite, uint file, byte algorithm, byte[] checksum) =>
        Definitions.Record(RecordKind.SourceChecksum, writer =>
    {
        writer.Write(firstSite);
        writer.Write(file);
        writer.Write(algorithm);
        writer.Write((byte)checksum.Length);
        writer.Write(checksum);
    });

    public void LeftOut(int site, long count) => Definitions.Record(RecordKind.LeftOut, writer =>
    {
        writer.Write(site);
        writer.Write(count);
    });

    private static void Text(BinaryWriter writer, string text)
    {
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        writer.Write((ushort)bytes.Length);
        writer.Write(bytes);
    }
}
