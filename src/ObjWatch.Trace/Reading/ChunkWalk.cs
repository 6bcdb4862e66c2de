using System;
using System.Buffers.Binary;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>Goes through the records of a chunk to the last whole one, and passes over what is damaged.</summary>
internal sealed class ChunkWalk
{
    /// <summary>Stands in the buffer for what was passed over; no recorder writes this kind.</summary>
    public const RecordKind Skipped = 0;

    private readonly TraceDamage _damage;
    private readonly uint _stream;
    private readonly byte[] _buffer;
    private readonly int _end;
    private readonly Func<int, bool>? _isZeroStill;
    private ChunkRecovery? _recovery;

    /// <param name="damage">Where damage is counted.</param>
    /// <param name="stream">The chunk's stream.</param>
    /// <param name="buffer">The chunk.</param>
    /// <param name="end">How much of it there is.</param>
    /// <param name="isZeroStill">Whether a place that was zero is so in the file now; null while the chunk may still be written: then
    /// what lies behind damage cannot be told from what is yet to come.</param>
    public ChunkWalk(TraceDamage damage, uint stream, byte[] buffer, int end, Func<int, bool>? isZeroStill)
    {
        _damage = damage;
        _stream = stream;
        _buffer = buffer;
        _end = end;
        _isZeroStill = isZeroStill;
    }

    /// <summary>Whether nothing more can come in this chunk.</summary>
    public bool IsOver { get; private set; }

    /// <summary>Whether the last record is followed by zeros, and not by the mark of a full chunk.</summary>
    public bool IsUnmarked { get; private set; }

    /// <summary>Whether something was passed over.</summary>
    public bool HasSkipped { get; private set; }

    /// <summary>Finds the end of the whole records.</summary>
    /// <param name="position">Where to begin.</param>
    public int From(int position)
    {
        while (position <= _end - sizeof(uint))
        {
            uint head = BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(position));
            bool marked = head == TraceFormat.Head(sizeof(uint), RecordKind.EndOfChunk);
            if (head != 0 && !marked && ChunkRecovery.IsPlausible(head, position, _stream))
            {
                int size = (int)(head & 0xFFFF);
                if (size > _end - position)
                    break;
                position += size;
                continue;
            }

            IsOver |= marked;
            int next = FindNext(position, head, marked);
            if (next < 0)
            {
                IsUnmarked = !marked && _isZeroStill != null;
                return position;
            }

            HasSkipped = true;
            BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(position), TraceFormat.Head(next - position, Skipped));
            position = next;
        }

        IsOver = true;
        if (_end < TraceFormat.ChunkSize)
            _damage.CutChunks++;
        return position;
    }

    /// <summary>Where records go on behind a place that holds none.</summary>
    /// <returns>-1 if they do not.</returns>
    private int FindNext(int position, uint head, bool marked)
    {
        bool over = marked || head == 0;
        int behind = position + sizeof(uint);
        if (over && (_isZeroStill == null || IsZero(_buffer.AsSpan(behind, _end - behind))))
            return -1;
        int next = _isZeroStill != null ? (_recovery ??= new ChunkRecovery(_buffer, _end, _stream)).Find(behind, behindEnd: over) : -1;
        // Records come in order: if there are some behind a head that is zero even now, it was not a writer at work who was overtaken.
        if ((over && next < 0) || (head == 0 && !_isZeroStill!(position)))
            return -1;
        _damage.BadRecords++;
        _damage.SkippedBytes += (next < 0 ? _end : next) - position;
        IsOver |= next < 0;
        return next;
    }

    private static bool IsZero(ReadOnlySpan<byte> bytes)
    {
#if NET8_0_OR_GREATER
        return !bytes.ContainsAnyExcept((byte)0);
#else
        foreach (byte value in bytes)
        {
            if (value != 0)
                return false;
        }

        return true;
#endif
    }
}
