using System;
using System.Buffers.Binary;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>
/// Finds where records go on behind a damaged place of a chunk: at the first place from which records follow upon each other
/// to the chunk's end, or through so many records that it cannot be by chance.
/// </summary>
/// <remarks>One pass from the chunk's end to its beginning answers for all places, so the time a chunk takes does not depend on what is in it.</remarks>
internal sealed class ChunkRecovery
{
    private const byte ManyRecords = 16;

    // Of what was being written when its process died, up to one record lies behind the last whole one. It may look like a record by chance, but not like two.
    private const byte FewestAtUnfinishedEnd = 2;

    private readonly byte[] _buffer;
    private readonly int _end;
    private readonly uint _stream;

    /// <summary>For each place: how many records follow upon each other from there.</summary>
    private readonly byte[] _chain;

    /// <summary>For each place: how the chunk ends after them.</summary>
    private readonly ChainEnd[] _ends;

    /// <param name="buffer">The chunk.</param>
    /// <param name="end">How much of it there is.</param>
    /// <param name="stream">The stream that it belongs to, which decides what records may be in it.</param>
    public ChunkRecovery(byte[] buffer, int end, uint stream)
    {
        _buffer = buffer;
        _end = end;
        _stream = stream;
        _chain = new byte[end / sizeof(uint) + 1];
        _ends = new ChainEnd[end / sizeof(uint) + 1];
        bool empty = true;
        for (int place = end & ~3; place >= TraceFormat.ChunkHeaderSize; place -= sizeof(uint))
        {
            uint head = place <= end - sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(place)) : 0;
            empty &= head == 0;
            Judge(place, head, empty);
        }
    }

    private enum ChainEnd : byte
    {
        /// <summary>Something that is no record.</summary>
        Damage,

        /// <summary>Nothing but zeros.</summary>
        Unfinished,

        /// <summary>The mark at a full chunk's end.</summary>
        Marked,
    }

    /// <summary>The first place at or behind <paramref name="place"/> where records go on; -1 if there is none.</summary>
    /// <param name="place">Where to begin, a multiple of four.</param>
    /// <param name="behindEnd">Whether the stream seems to have ended there: then more is needed to believe that it goes on.</param>
    public int Find(int place, bool behindEnd)
    {
        for (; place <= _end - sizeof(uint); place += sizeof(uint))
        {
            int index = place / sizeof(uint);
            byte records = _chain[index];
            bool enough = _ends[index] switch
            {
                ChainEnd.Marked => records > 0,
                ChainEnd.Unfinished => records >= (behindEnd ? FewestAtUnfinishedEnd : 1),
                _ => records >= ManyRecords,
            };
            if (enough)
                return place;
        }

        return -1;
    }

    /// <summary>Whether a head can be that of a record at a place.</summary>
    public static bool IsPlausible(uint head, int place, uint stream)
    {
        int size = (int)(head & 0xFFFF);
        var kind = (RecordKind)(byte)(head >> 16);
        return kind != RecordKind.EndOfChunk && size >= sizeof(uint) && size % sizeof(uint) == 0 && size <= TraceFormat.MaximumRecordSize
            && size <= TraceFormat.ChunkSize - place && Belongs(kind, stream);
    }

    private void Judge(int place, uint head, bool empty)
    {
        int index = place / sizeof(uint);
        if (head == TraceFormat.Head(sizeof(uint), RecordKind.EndOfChunk))
        {
            _ends[index] = ChainEnd.Marked;
        }
        else if (empty)
        {
            _ends[index] = ChainEnd.Unfinished;
        }
        else
        {
            int size = (int)(head & 0xFFFF);
            if (head >> 24 != 0 || !IsPlausible(head, place, _stream) || size < SmallestSize((RecordKind)(byte)(head >> 16)) || size > _end - place)
                return;
            int next = index + size / sizeof(uint);
            _chain[index] = (byte)Math.Min(byte.MaxValue, _chain[next] + 1);
            _ends[index] = _ends[next];
        }
    }

    // The stream of definitions has numbers of its own. A kind that this reader does not know costs that record and no other.
    private static bool Belongs(RecordKind kind, uint stream) => stream == 0
        ? kind is >= RecordKind.AssemblyPart and < (RecordKind)(2 * (byte)RecordKind.AssemblyPart)
        : kind is >= RecordKind.Run and < RecordKind.AssemblyPart;

    private static int SmallestSize(RecordKind kind) => kind switch
    {
        RecordKind.Run or RecordKind.End or RecordKind.Failed or RecordKind.UpdateAtLine => 24,
        RecordKind.Update => 20,
        RecordKind.Length => 28,
        RecordKind.EventsLost => 12,
        RecordKind.Await or RecordKind.Resume => 25,
        RecordKind.OtherThread => 20,
        _ => 2 * sizeof(uint),
    };
}
