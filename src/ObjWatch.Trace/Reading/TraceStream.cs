using System;
using System.Buffers;
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
    private readonly ChunkQueue _chunks = new();
    private readonly byte[] _head = new byte[sizeof(uint)];
    private byte[]? _buffer;
    private Chunk _chunk;
    private uint _nextSequence;
    private uint _lastSequence = uint.MaxValue;
    private int _position;
    private int _committed;
    private int _rank = -1;
    private RecordState _state;
    private WindowChecks? _windows;
    private bool _decoded;
    private int _size;
    private bool _sealed = true;
    private bool _successorKnown;
    private bool _endMissed;

    /// <param name="reader">The trace it belongs to.</param>
    /// <param name="number">0 for definitions, from 1 for events.</param>
    /// <param name="from">The first of its chunks to be read.</param>
    public TraceStream(TraceReader reader, uint number, uint from = 0)
    {
        _reader = reader;
        _nextSequence = from;
        Number = number;
        Thread = number;
        Event = new RecordedEvent(this);
    }

    /// <summary>The trace it belongs to.</summary>
    public TraceReader Reader => _reader;

    /// <summary>0 for definitions, from 1 for events.</summary>
    public uint Number { get; }

    /// <summary>The number of the thread whose event the present record is. Threads that did not run at the same time may share a stream.</summary>
    public uint Thread { get; private set; }

    /// <summary>The first thread's id in the recorded process.</summary>
    public uint ManagedThreadId { get; set; }

    /// <summary>How many chunks the stream has.</summary>
    public int ChunkCount { get; private set; }

    /// <summary>The chunks that have not been read.</summary>
    public IEnumerable<Chunk> UnreadChunks => _chunks.All;

    /// <summary>When the present record was written, as near as is known: its own time, or that of the timed record before it. By the reader's clock.</summary>
    public ulong Time { get; private set; }

    /// <summary>The rank of the process when the present record was written; -1: unknown.</summary>
    public int Rank => _reader.AssumedRank ?? _rank;

    /// <summary>Whether all known chunks have been read to their ends.</summary>
    internal bool NeedsChunk => _chunks.Count == 0 && _sealed;

    /// <summary>The present event. Valid after <see cref="TryRead"/> until the next call of <see cref="Advance"/>. Not in the stream of definitions.</summary>
    public RecordedEvent Event { get; }

    /// <summary>The present record, head included. Valid as <see cref="Event"/> is.</summary>
    public ReadOnlySpan<byte> Record => _buffer.AsSpan(_position, _size);

    /// <summary>Where in the file the present record lies.</summary>
    internal long RecordOffset => _chunk.Offset + _position;

    private bool HasNext => _chunks.Count > 0 && _chunks.First.Sequence == _nextSequence;

    /// <summary>Makes a chunk known.</summary>
    /// <returns>Whether its sequence number is new.</returns>
    public bool Add(Chunk chunk)
    {
        if (chunk.Sequence > _lastSequence)
            return true;
        if (chunk.Sequence < _nextSequence || !_chunks.Add(chunk))
            return false;
        ChunkCount++;
        return true;
    }

    /// <summary>Whether a chunk of this number would stand between known ones, or come next after them.</summary>
    internal bool HasGapAt(uint sequence) => sequence <= (_chunks.Last + 1 ?? 0) && !_chunks.Contains(sequence);

    /// <summary>Chunks that come after all known ones are none of this reader's business.</summary>
    internal void TakeNoLaterChunks() => _lastSequence = _chunks.Last ?? _lastSequence;

    /// <summary>Whether it is worth while to call <see cref="TryRead"/>. Reads nothing of chunks whose time is yet to come: a trace of thousands
    /// of threads, most of which did not run together, needs memory only for those that did.</summary>
    internal bool MayHaveMore()
    {
        if (!_sealed || _position < _committed || _chunks.Count == 0)
            return TryRead();
        Time = Math.Max(Time, _reader.Clock.Align(_chunks.First.Ticks));
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
            while (_position >= _committed)
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
        byte[] buffer = _buffer!;
        int position = _position;
        uint head = BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(position));
        uint extent = _committed - position >= 2 * sizeof(uint) ? BinaryPrimitives.ReadUInt32LittleEndian(buffer.AsSpan(position + sizeof(uint))) : 0;
        if (_reader.Schema.CodeOf(head) is not { } code)
            return TakeUnknown(head, extent);
        _size = RecordSchema.SizeOf(code, head, extent);
        if (!code.IsEvent)
            return TakeControl(code.Kind);
        ulong before = _state.Ticks;
        RecordDecoder.Decode(code, buffer, position, _size, ref _state, Event);
        if (_windows is { HasBad: true } && _windows.IsBad(position))
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

    /// <summary>Looks for more bytes: later ones of the present chunk, or the next chunk.</summary>
    private bool Fill()
    {
        if (!_sealed)
        {
            // A thread fills its chunk before it takes the next one: once there is a next one, one more look sees all of this one.
            _successorKnown = HasNext;
            if (Refresh())
                return true;
        }

        bool mayGoOn = _sealed || _successorKnown || !_reader.Growing;
        if (mayGoOn && TakeNextChunk())
            return true;
        // An idle thread's stream keeps no memory: there may be thousands of them.
        Release();
        return false;
    }

    /// <summary>Turns to the next chunk, whether there is a record in it or not.</summary>
    private bool TakeNextChunk()
    {
        if (_chunks.Count == 0)
            return false;
        if (!HasNext)
        {
            // In a ring it may be gone. A scan that saw a later one, but passed this one's place before it was taken, is followed by another.
            if (_reader.Growing && (!_reader.IsRing || FoundByNewScan()))
                return false;
            uint missing = _chunks.First.Sequence - _nextSequence;
            if (_reader.IsRing)
                _reader.Overwritten += missing;
            else
                _reader.Damage.MissingChunks += missing;
        }

        Chunk chunk = _chunks.Take();
        _nextSequence = chunk.Sequence + 1;
        _chunk = chunk;
        _position = _committed = _reader.Schema.ChunkHeaderSize;
        _windows?.Begin(-1);
        _state = new RecordState { Ordinal = (long)Math.Min(chunk.Ordinal, long.MaxValue / 2) };
        if (!_reader.Schema.HasSafepoints)
            _state.Ordinal = -1;
        _sealed = _endMissed = false;
        Time = Math.Max(Time, _reader.Clock.Align(chunk.Ticks));
        _rank = -1;
        Thread = chunk.Thread == 0 ? Number : chunk.Thread;
        return true;
    }

    /// <summary>Reads what has been added to the present chunk.</summary>
    /// <returns>Whether there are more records.</returns>
    private bool Refresh()
    {
        bool whole = _successorKnown || !_reader.Growing;
        if (!whole && IsZeroAt(_committed))
            return false;

        byte[] buffer = _buffer ??= ArrayPool<byte>.Shared.Rent(TraceFormat.ChunkSize);
        int end = _committed + _reader.File.Read(_chunk.Offset + _committed, buffer, _committed, TraceFormat.ChunkSize - _committed);
        if (_reader.IsRing && !_reader.StillHolds(_chunk, Number))
            return Overwritten();
        // What another process is writing may be older here than its check.
        WindowChecks? windows = whole && _reader.Schema.HasSafepoints ? BeginWindows() : null;
        ChunkWalk walk = new(_reader.Damage, _reader.Schema, Number, buffer, end, whole ? IsZeroAt : null, windows);
        int committed = walk.From(_committed);
        _sealed |= walk.IsOver;
        (uint written, uint check) = _reader.WrittenAt(_chunk.Offset);
        if (committed == written)
            windows?.Close(buffer, committed, check);
        if (walk.IsUnmarked && !_endMissed && IsMissingTheEnd(committed, written))
        {
            _endMissed = true;
            _reader.Damage.UnmarkedChunks++;
            // Where the file was cut, what is before is as it was; where something else stands in the records' place, nobody knows what was overwritten with it.
            if (end == TraceFormat.ChunkSize)
                windows?.Abandon(committed);
        }

        if (committed == _committed)
            return false;
        // The bytes of a record that was completed during this read may be older than its head: read again what is complete now.
        if (!_successorKnown && !walk.HasSkipped)
            _reader.File.Read(_chunk.Offset + _committed, buffer, _committed, committed - _committed);
        if (_reader.IsRing && !_reader.StillHolds(_chunk, Number))
            return Overwritten();
        _committed = committed;
        _reader.AfterLoading(this);
        return true;
    }

    private WindowChecks BeginWindows()
    {
        _windows ??= new WindowChecks(_reader.Damage);
        // Of what has been read before, nothing may be left here.
        _windows.Begin(_committed == _reader.Schema.ChunkHeaderSize ? _committed : -1);
        return _windows;
    }

    // A thread marks the end of each chunk behind which it takes another, and of the last ones the recorder says how far they go.
    private bool IsMissingTheEnd(int committed, uint written) => HasNext || committed < written;

    /// <summary>The recorder has used the chunk again while it was being read.</summary>
    private bool Overwritten()
    {
        _sealed = true;
        _reader.Overwritten++;
        return false;
    }

    private bool IsZeroAt(int position) =>
        _reader.File.Read(_chunk.Offset + position, _head, 0, _head.Length) == _head.Length && BinaryPrimitives.ReadUInt32LittleEndian(_head) == 0;

    private bool FoundByNewScan()
    {
        _reader.Scan();
        return HasNext;
    }

    private void Release()
    {
        if (_buffer is null)
            return;
        ArrayPool<byte>.Shared.Return(_buffer);
        _buffer = null;
    }

    /// <summary>Where a chunk lies.</summary>
    /// <param name="Offset">In the file.</param>
    /// <param name="Sequence">Which of its stream's chunks it is.</param>
    /// <param name="Ticks">When its thread took it.</param>
    /// <param name="Thread">That thread's number; 0 for the stream's.</param>
    /// <param name="Events">How many events it holds, all of that thread; 0 where that is not known.</param>
    /// <param name="Ordinal">How many events that thread had before it.</param>
    [EditorBrowsable(EditorBrowsableState.Never)]
    public readonly record struct Chunk(long Offset, uint Sequence, ulong Ticks, uint Thread, uint Events, ulong Ordinal = 0);
}
