using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using System.ComponentModel;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>
/// The records of one stream in the order in which they were written. Holds one chunk at a time, and goes on where it was when
/// the file has grown.
/// </summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TraceStream
{
    private readonly TraceReader _reader;
    private readonly ChunkLoader _chunks;
    private int _position;
    private int _rank = -1;
    private RecordState _state;
    private bool _decoded;
    private int _size;

    /// <param name="reader">The trace it belongs to.</param>
    /// <param name="number">0 for definitions, from 1 for events.</param>
    /// <param name="from">The first of its chunks to be read.</param>
    public TraceStream(TraceReader reader, uint number, uint from = 0)
    {
        _reader = reader;
        _chunks = new ChunkLoader(reader, number, from);
        Number = number;
        Thread = number;
        Event = new RecordedEvent(this);
    }

    /// <summary>The trace it belongs to.</summary>
    public TraceReader Reader => _reader;

    /// <summary>0 for definitions, from 1 for events.</summary>
    public uint Number { get; }

    /// <summary>The number of the thread whose event the present record is. Threads that did not run at the same time may share a
    /// stream.</summary>
    public uint Thread { get; private set; }

    /// <summary>The first thread's id in the recorded process.</summary>
    public uint ManagedThreadId { get; set; }

    /// <summary>How many chunks the stream has.</summary>
    public int ChunkCount => _chunks.ChunkCount;

    /// <summary>The chunks that have not been read.</summary>
    public IEnumerable<StreamChunk> UnreadChunks => _chunks.Unread;

    /// <summary>When the present record was written, as near as is known: its own time, or that of the timed record before it. By the
    /// reader's clock.</summary>
    public ulong Time { get; private set; }

    /// <summary>The rank of the process when the present record was written; -1: unknown.</summary>
    public int Rank => _reader.AssumedRank ?? _rank;

    /// <summary>Whether all known chunks have been read to their ends.</summary>
    internal bool NeedsChunk => _chunks.FirstUnread is null && _chunks.IsSealed;

    /// <summary>The present event. Valid after <see cref="TryRead"/> until the next call of <see cref="Advance"/>. Not in the stream of
    /// definitions.</summary>
    public RecordedEvent Event { get; }

    /// <summary>The present record, head included. Valid as <see cref="Event"/> is.</summary>
    public ReadOnlySpan<byte> Record => _chunks.Buffer.AsSpan(_position, _size);

    /// <summary>Where in the file the present record lies.</summary>
    internal long RecordOffset => _chunks.Present.Offset + _position;

    /// <summary>Makes a chunk known.</summary>
    /// <returns>Whether its sequence number is new.</returns>
    public bool Add(StreamChunk chunk) => _chunks.Add(chunk);

    /// <summary>Whether a chunk of this number would stand between known ones, or come next after them.</summary>
    internal bool HasGapAt(uint sequence) => _chunks.HasGapAt(sequence);

    /// <summary>Chunks that come after all known ones are none of this reader's business.</summary>
    internal void TakeNoLaterChunks() => _chunks.TakeNoLaterChunks();

    /// <summary>Whether it is worth while to call <see cref="TryRead"/>. Reads nothing of chunks whose time is yet to come: a trace of
    /// thousands of threads, most of which did not run together, needs memory only for those that did.</summary>
    internal bool MayHaveMore()
    {
        if (!_chunks.IsSealed || _position < _chunks.Committed || _chunks.FirstUnread is not { } next)
            return TryRead();
        Time = Math.Max(Time, _reader.Clock.Align(next.Ticks));
        return true;
    }

    /// <summary>Goes to the next record, unless the present one has not been consumed by <see cref="Advance"/>.</summary>
    /// <returns>Whether there is one.</returns>
    public bool TryRead()
    {
        if (_decoded)
            return true;
        while (true)
        {
            while (_position >= _chunks.Committed)
            {
                if (!Fill())
                    return false;
            }

            if (Take())
                return _decoded = true;
            _position += _size;
        }
    }

    /// <summary>Consumes the present record.</summary>
    public void Advance()
    {
        _decoded = false;
        _position += _size;
    }

    /// <summary>Takes in the record at the present place.</summary>
    /// <returns>Whether it is one for others.</returns>
    private bool Take()
    {
        byte[] buffer = _chunks.Buffer!;
        int position = _position;
        uint head = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(position));
        uint extent = _chunks.Committed - position >= 2 * sizeof(uint)
            ? BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(position + sizeof(uint))) : 0;
        if (_reader.Schema.CodeOf(head) is not { } code)
            return TakeUnknown(head, extent);
        _size = RecordSchema.SizeOf(code, head, extent);
        if (!code.IsEvent)
            return TakeControl(code.Kind);
        ulong before = _state.Ticks;
        RecordDecoder.Decode(code, buffer, position, _size, ref _state, Event);
        if (_chunks.IsBad(position))
        {
            // One of the owners in this window is not who was recorded; nobody knows which.
            Event.IsOwnerUnknown |= Event.Owner != 0;
            Event.Owner = Event.LastOwner = 0;
        }

        if (_state.Ticks != before)
            Time = _reader.Clock.Align(_state.Ticks);
        return true;
    }

    /// <summary>Takes in what has no code that this reader knows: bytes that are passed over, or a record of a later recorder.</summary>
    private bool TakeUnknown(uint head, uint extent)
    {
        RecordSchema schema = _reader.Schema;
        int skipped = schema.SizeOfSkipped(head);
        _size = skipped > 0 ? skipped : schema.Measure(head, extent, Number, known: false);
        if (Number == 0)
            return skipped == 0;
        // How many events that were is not known before the next safepoint.
        _state.Ordinal = -1;
        if (skipped == 0)
            _reader.Damage.BadRecords++;
        return false;
    }

    /// <summary>Takes in what is no event: of the stream of definitions, all is for others.</summary>
    private bool TakeControl(RecordKind kind)
    {
        if (Number == 0)
            return true;
        if (kind == RecordKind.OtherThread)
            TurnToThread(Record);
        else if (kind == RecordKind.Rank)
            TurnToRank(Record);
        else if (kind == RecordKind.Safepoint)
            TakeSafepoint(Record);
        return false;
    }

    private void TakeSafepoint(ReadOnlySpan<byte> record)
    {
        var cursor = new RecordCursor(record.Slice(Safepoint.CheckOffset + sizeof(uint)));
        _state.Depth = cursor.U32();
        _state.Ticks = cursor.U64();
        _state.Owner = cursor.U64();
        _state.Ordinal = (long)Math.Min(cursor.U64(), long.MaxValue / 2);
        Time = Math.Max(Time, _reader.Clock.Align(_state.Ticks));
    }

    private void TurnToRank(ReadOnlySpan<byte> record)
    {
        var cursor = new RecordCursor(record.Slice(sizeof(uint)));
        uint rank = cursor.U32();
        if (cursor.Damaged || rank > int.MaxValue)
            _reader.Damage.BadRecords++;
        else
            _rank = (int)rank;
    }

    private void TurnToThread(ReadOnlySpan<byte> record)
    {
        var cursor = new RecordCursor(record.Slice(sizeof(uint)));
        uint thread = cursor.U32();
        ulong ticks = cursor.U64();
        if (cursor.Damaged)
        {
            _reader.Damage.BadRecords++;
            return;
        }

        Thread = thread;
        Time = Math.Max(Time, _reader.Clock.Align(ticks));
        _state = default;
    }

    /// <summary>Looks for more records.</summary>
    /// <returns>Whether something has changed: there may be none in a chunk.</returns>
    private bool Fill()
    {
        switch (_chunks.Fill())
        {
            case ChunkLoader.Found.Records:
                _reader.AfterLoading(this);
                return true;
            case ChunkLoader.Found.Chunk:
                Begin(_chunks.Present);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Begins a chunk.</summary>
    private void Begin(StreamChunk chunk)
    {
        _position = _chunks.Committed;
        _state = new RecordState { Ordinal = _reader.Schema.HasSafepoints ? (long)Math.Min(chunk.Ordinal, long.MaxValue / 2) : -1 };
        Time = Math.Max(Time, _reader.Clock.Align(chunk.Ticks));
        _rank = -1;
        Thread = chunk.Thread == 0 ? Number : chunk.Thread;
    }
}
