using System;
using System.Buffers.Binary;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>Goes through the records of a chunk to the last whole one, and passes over what is damaged.</summary>
internal sealed class ChunkWalk
{
    private readonly TraceDamage _damage;
    private readonly RecordSchema _schema;
    private readonly uint _stream;
    private readonly byte[] _buffer;
    private readonly int _end;
    private readonly Func<int, bool>? _isZeroStill;
    private readonly WindowChecks? _windows;
    private ChunkRecovery? _recovery;
    private int _anchor;

    /// <param name="damage">Where damage is counted.</param>
    /// <param name="schema">The records there are.</param>
    /// <param name="stream">The chunk's stream.</param>
    /// <param name="buffer">The chunk.</param>
    /// <param name="end">How much of it there is.</param>
    /// <param name="isZeroStill">Whether a place that was zero is so in the file now; null while the chunk may still be written: then
    /// what lies behind damage cannot be told from what is yet to come.</param>
    /// <param name="windows">Takes the checks of windows; null where there are none, or where a window may change under the reader's
    /// feet.</param>
    public ChunkWalk(
        TraceDamage damage, RecordSchema schema, uint stream, byte[] buffer, int end, Func<int, bool>? isZeroStill, WindowChecks? windows)
    {
        _damage = damage;
        _schema = schema;
        _stream = stream;
        _buffer = buffer;
        _end = end;
        _isZeroStill = isZeroStill;
        _windows = windows;
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
        _anchor = position;
        while (position <= _end - sizeof(uint))
        {
            uint head = WordAt(position);
            int size = head == 0 ? 0
                : _schema.Measure(head, position <= _end - 2 * sizeof(uint) ? WordAt(position + sizeof(uint)) : 0, _stream, known: false);
            if (size > 0 && size <= TraceFormat.ChunkSize - position)
            {
                if (size > _end - position)
                    break;
                if (head == Safepoint.Head)
                {
                    _windows?.Close(_buffer, position, WordAt(position + Safepoint.CheckOffset));
                    _anchor = position + size;
                }

                position += size;
                continue;
            }

            if (IsCutBehind(position, head))
                break;
            bool marked = _schema.IsEndOfChunk(head);
            if (marked && _schema.HasSafepoints && position <= _end - 2 * sizeof(uint))
                _windows?.Close(_buffer, position, WordAt(position + sizeof(uint)));
            IsOver |= marked;
            int next = FindNext(ref position, head, marked);
            if (next < 0)
            {
                IsUnmarked = !marked && _isZeroStill != null;
                return position;
            }

            HasSkipped = true;
            _windows?.Abandon(position);
            BinaryPrimitives.WriteUInt32LittleEndian(_buffer.AsSpan(position), _schema.HeadOfSkipped(next - position));
            position = next;
        }

        IsOver = true;
        if (_end < TraceFormat.ChunkSize)
            _damage.CutChunks++;
        return position;
    }

    /// <summary>Whether the file ends before it says how long a record is.</summary>
    private bool IsCutBehind(int position, uint head) => _end < TraceFormat.ChunkSize && position > _end - 2 * sizeof(uint)
        && _schema.LayoutOf(head) is { Sizing: RecordSizing.Extent } layout && layout.MayStandIn(_stream);

    /// <summary>Where records go on behind a place that holds none.</summary>
    /// <param name="position">The place; afterwards where the damage begins.</param>
    /// <param name="head">What stands there.</param>
    /// <param name="marked">Whether that is the mark of the chunk's end.</param>
    /// <returns>-1 if they do not.</returns>
    private int FindNext(ref int position, uint head, bool marked)
    {
        bool over = marked || head == 0;
        int looked = position;
        int behind = position + (marked && _schema.HasSafepoints ? 2 * sizeof(uint) : sizeof(uint));
        if (over && (_isZeroStill == null || IsZero(_buffer.AsSpan(Math.Min(behind, _end), Math.Max(0, _end - behind)))))
            return -1;
        int next = _isZeroStill == null ? -1
            : _schema.HasSafepoints && _stream != 0 ? FindSafepoint(ref position)
            : (_recovery ??= new ChunkRecovery(_buffer, _end, _schema, _stream)).Find(behind, behindEnd: over);
        // Records come in order: if there are some behind a head that is zero even now, it was not a writer at work who was overtaken.
        if ((over && next < 0) || (head == 0 && !_isZeroStill!(looked)))
            return -1;
        _damage.BadRecords++;
        _damage.SkippedBytes += (next < 0 ? _end : next) - position;
        IsOver |= next < 0;
        return next;
    }

    /// <summary>The next safepoint. Records before it may be whole, but without knowing what was lost in front of them nobody knows what
    /// they left out: the safepoint says how many they are.</summary>
    /// <param name="position">Where a record should be. If that is because one before lied about its size, it may lie behind the safepoint:
    /// then afterwards where that one begins.</param>
    private int FindSafepoint(ref int position)
    {
        int place = _anchor;
        while (place <= _end - Safepoint.Size
            && (WordAt(place) != Safepoint.Head || WordAt(place + Safepoint.MagicOffset) != Safepoint.Magic))
            place += sizeof(uint);
        if (place > _end - Safepoint.Size)
            return -1;
        if (place > position)
            return place;
        position = _anchor;
        for (int size; position + (size = SizeAt(position)) <= place;)
            position += size;
        return place;
    }

    private int SizeAt(int position)
    {
        uint head = WordAt(position);
        return Math.Max(sizeof(uint), _schema.SizeOfSkipped(head) is > 0 and int skipped
            ? skipped : _schema.Measure(head, WordAt(position + sizeof(uint)), _stream, known: false));
    }

    private uint WordAt(int position) => BinaryPrimitives.ReadUInt32LittleEndian(_buffer.AsSpan(position));

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
