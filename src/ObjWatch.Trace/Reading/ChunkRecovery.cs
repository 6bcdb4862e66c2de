using System;
using System.Buffers.Binary;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>
/// Finds where records go on behind a damaged place of a chunk without safepoints: at the first place from which records follow upon each
/// other to the chunk's end, or through so many records that it cannot be by chance.
/// </summary>
/// <remarks>One pass from the chunk's end to its beginning answers for all places, so the time a chunk takes does not depend on what is in
/// it.</remarks>
internal sealed class ChunkRecovery
{
    private const byte ManyRecords = 16;

    // Of what was being written when its process died, up to one record lies behind the last whole one. It may look like a record by
    // chance, but not like two.
    private const byte FewestAtUnfinishedEnd = 2;

    private readonly int _end;
    private readonly RecordSchema _schema;
    private readonly uint _stream;

    /// <summary>For each place: how many records follow upon each other from there.</summary>
    private readonly byte[] _chain;

    /// <summary>For each place: how the chunk ends after them.</summary>
    private readonly ChainEnd[] _ends;

    /// <param name="buffer">The chunk.</param>
    /// <param name="end">How much of it there is.</param>
    /// <param name="schema">The records there are.</param>
    /// <param name="stream">The stream that it belongs to, which decides what records may be in it.</param>
    public ChunkRecovery(byte[] buffer, int end, RecordSchema schema, uint stream)
    {
        _end = end;
        _schema = schema;
        _stream = stream;
        _chain = new byte[end / sizeof(uint) + 1];
        _ends = new ChainEnd[end / sizeof(uint) + 1];
        bool empty = true;
        uint extent = 0;
        for (int place = end & ~3; place >= schema.ChunkHeaderSize; place -= sizeof(uint))
        {
            uint head = place <= end - sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(place)) : 0;
            empty &= head == 0;
            Judge(place, head, extent, empty);
            extent = head;
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

    private void Judge(int place, uint head, uint extent, bool empty)
    {
        int index = place / sizeof(uint);
        if (_schema.IsEndOfChunk(head))
        {
            _ends[index] = ChainEnd.Marked;
        }
        else if (empty)
        {
            _ends[index] = ChainEnd.Unfinished;
        }
        else
        {
            int size = _schema.Measure(head, extent, _stream, known: true);
            if (size == 0 || size > _end - place)
                return;
            int next = index + size / sizeof(uint);
            _chain[index] = (byte)Math.Min(byte.MaxValue, _chain[next] + 1);
            _ends[index] = _ends[next];
        }
    }
}
