using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;

namespace ObjWatch.Survival.Tests;

/// <summary>
/// Reads a trace by docs/trace-format.md and with nothing of the product, so that what the product's reader forgives or hides shows here.
/// Understands the events that <see cref="SurvivalProgram"/> makes.
/// </summary>
internal sealed class PlainTrace
{
    private const int HeaderSize = 4096;
    private const int ChunkSize = 65536;
    private const int ChunkHeaderSize = 40;

    private readonly FileStream _file;
    private readonly SortedDictionary<uint, SortedDictionary<uint, long>> _chunks = new();

    private NumberedEvents _thread = new(false);
    private bool _beginsAnywhere;

    private PlainTrace(FileStream file)
    {
        _file = file;
        byte[] header = Bytes(0, 72);
        if (Encoding.ASCII.GetString(header, 0, 8) != "OBJTRACE" || BitConverter.ToUInt32(header, 8) != 2)
            throw new InvalidDataException("no trace of version 2");
        Closed = BitConverter.ToUInt32(header, 44) == 1;
        ClosedLength = BitConverter.ToInt64(header, 64);
        RingChunks = BitConverter.ToUInt32(header, 48);
        FindChunks();
        if (RingChunks > 0)
            FindChunksAgain();
        foreach ((uint stream, SortedDictionary<uint, long> chunks) in _chunks)
        {
            _beginsAnywhere = chunks.Keys.First() > 0;
            foreach ((uint sequence, long offset) in chunks)
                ReadChunk(stream, sequence, offset);
        }

        Length = file.Length;
    }

    public bool Closed { get; }

    public uint RingChunks { get; }

    public long Length { get; }

    /// <summary>What it says its length was when it was closed: the end of the last chunk in use.</summary>
    public long ClosedLength { get; }

    /// <summary>What each thread stored, by its number.</summary>
    public Dictionary<uint, NumberedEvents> Threads { get; } = new();

    /// <summary>The threads' names, by number.</summary>
    public Dictionary<uint, string> ThreadNames { get; } = new();

    /// <summary>All that is wrong.</summary>
    public List<string> Problems { get; } = new();

    public static PlainTrace Read(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 1);
        return new PlainTrace(file);
    }

    /// <summary>What a worker stored.</summary>
    public NumberedEvents Of(int slot)
    {
        string name = $"worker {slot}";
        uint[] numbers = [.. ThreadNames.Where(thread => thread.Value == name).Select(thread => thread.Key)];
        return numbers.Length switch
        {
            0 => new NumberedEvents(false),
            1 => Threads.GetValueOrDefault(numbers[0]) ?? new NumberedEvents(false),
            _ => throw new InvalidDataException($"{name} has {numbers.Length} numbers"),
        };
    }

    /// <summary>In a ring that turns, a chunk may have been taken at a place that had been passed, and the one after it at a place that was
    /// yet to come.</summary>
    private void FindChunksAgain()
    {
        Dictionary<uint, uint> last = _chunks.ToDictionary(stream => stream.Key, stream => stream.Value.Keys.Last());
        _chunks.Clear();
        FindChunks();
        foreach (uint stream in _chunks.Keys.ToArray())
        {
            foreach (uint sequence in _chunks[stream].Keys.Where(sequence => !last.TryGetValue(stream, out uint known) || sequence > known)
                .ToArray())
                _chunks[stream].Remove(sequence);
            if (_chunks[stream].Count == 0)
                _chunks.Remove(stream);
        }
    }

    private void FindChunks()
    {
        for (long offset = HeaderSize; offset + ChunkSize <= _file.Length; offset += ChunkSize)
        {
            byte[] header = Bytes(offset, ChunkHeaderSize);
            uint magic = BitConverter.ToUInt32(header, 24);
            if (magic == 0)
                continue;
            if (magic != 0x4B43574F)
            {
                Problems.Add($"a bad chunk at {offset}");
                continue;
            }

            uint stream = BitConverter.ToUInt32(header, 0);
            if (!_chunks.TryGetValue(stream, out SortedDictionary<uint, long>? chunks))
                _chunks.Add(stream, chunks = new SortedDictionary<uint, long>());
            if (!chunks.TryAdd(BitConverter.ToUInt32(header, 8), offset))
                Problems.Add($"two chunks {BitConverter.ToUInt32(header, 8)} of stream {stream}");
        }
    }

    private void ReadChunk(uint stream, uint sequence, long offset)
    {
        byte[] chunk = Bytes(offset, ChunkSize);
        byte[] again = Bytes(offset, ChunkHeaderSize);
        if (RingChunks > 0
            && (BitConverter.ToUInt32(again, 0) != stream || BitConverter.ToUInt32(again, 8) != sequence
                || BitConverter.ToUInt32(again, 24) == 0))
        {
            _beginsAnywhere = true;
            return;
        }

        uint thread = BitConverter.ToUInt32(again, 12);
        if (stream != 0)
            _thread = ThreadOf(thread == 0 ? stream : thread);

        bool ended = false;
        for (int position = ChunkHeaderSize; position < ChunkSize && !ended;)
        {
            uint head = BitConverter.ToUInt32(chunk, position);
            int code = (byte)head;
            ended = code is 0 or 1;
            if (ended)
                break;
            uint extent = BitConverter.ToUInt32(chunk, position + 4);
            int size = code < 32 ? (int)(head >> 8) : (int)(extent & 0xFFF) * 4;
            if (code >= 112 || size < 4 || size % 4 != 0 || size > 8192 || position + size > ChunkSize)
            {
                Problems.Add($"a bad record at {offset + position}");
                break;
            }

            ReadRecord(code, extent, chunk.AsSpan(position + 4, size - 4));
            position += size;
        }

        if (_chunks[stream].Keys.Last() != sequence && !_chunks[stream].ContainsKey(sequence + 1) && RingChunks == 0)
            Problems.Add($"stream {stream} has no chunk {sequence + 1}");
    }

    private void ReadRecord(int code, uint extent, ReadOnlySpan<byte> fields)
    {
        switch (code)
        {
            // An update that states its line. The owner takes no bytes, or four, or eight.
            case 32 when (extent & 0x4000) != 0:
                int owner = ((extent >> 12) & 3) switch { 2 => 4, 3 => 8, _ => 0 };
                ReadOnlySpan<byte> values = fields[(8 + owner)..];
                if (values[0] != 8 || values[5] != 8)
                    Problems.Add("an update that is not of int");
                else
                    _thread.Add(BitConverter.ToInt32(values.Slice(1, 4)), BitConverter.ToInt32(values.Slice(6, 4)));
                break;
            case 2:
                _thread.Lose(BitConverter.ToInt64(fields.Slice(0, 8)));
                break;
            case 3:
                _thread = ThreadOf(BitConverter.ToUInt32(fields.Slice(0, 4)));
                break;
            case 18:
                int length = BitConverter.ToUInt16(fields.Slice(8, 2));
                ThreadNames[BitConverter.ToUInt32(fields.Slice(0, 4))] = Encoding.UTF8.GetString(fields.Slice(10, length));
                break;
            case 5 or 16 or 17 or 19 or 20 or 22:
                break;
            default:
                Problems.Add($"a record with code {code}");
                break;
        }
    }

    private NumberedEvents ThreadOf(uint number)
    {
        if (!Threads.TryGetValue(number, out NumberedEvents? thread))
            Threads.Add(number, thread = new NumberedEvents(_beginsAnywhere));
        if (_beginsAnywhere)
            thread.BeginAnywhere();
        _beginsAnywhere = false;
        return thread;
    }

    private byte[] Bytes(long offset, int count)
    {
        var bytes = new byte[count];
        _file.Position = offset;
        _file.ReadAtLeast(bytes, count, throwOnEndOfStream: false);
        return bytes;
    }
}
