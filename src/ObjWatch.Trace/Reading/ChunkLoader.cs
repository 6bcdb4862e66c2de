using System;
using System.Buffers;
using System.Buffers.Binary;
using System.Collections.Generic;
using ObjWatch.Trace.Format;

namespace ObjWatch.Trace.Reading;

/// <summary>
/// Loads the chunks of one stream, one after the other, and of the present one what has been added to it. Holds the bytes of that chunk
/// alone.
/// </summary>
internal sealed class ChunkLoader
{
    private readonly TraceReader _reader;
    private readonly uint _stream;
    private readonly ChunkQueue _chunks = new();
    private readonly byte[] _head = new byte[sizeof(uint)];
    private uint _nextSequence;
    private uint _lastSequence = uint.MaxValue;
    private WindowChecks? _windows;
    private bool _sealed = true;
    private bool _successorKnown;
    private bool _endMissed;

    /// <param name="reader">The trace it belongs to.</param>
    /// <param name="stream">The number of the stream.</param>
    /// <param name="from">The first of its chunks to be read.</param>
    public ChunkLoader(TraceReader reader, uint stream, uint from)
    {
        _reader = reader;
        _stream = stream;
        _nextSequence = from;
    }

    /// <summary>What a look for more bytes has found.</summary>
    public enum Found
    {
        /// <summary>Nothing, for now.</summary>
        Nothing,

        /// <summary>More records of the present chunk.</summary>
        Records,

        /// <summary>Another chunk, of which nothing has been loaded yet.</summary>
        Chunk,
    }

    /// <summary>The present chunk.</summary>
    public StreamChunk Present { get; private set; }

    /// <summary>Its bytes; <see langword="null"/> where nothing has been loaded, or all has been read.</summary>
    public byte[]? Buffer { get; private set; }

    /// <summary>How far its whole records go in <see cref="Buffer"/>.</summary>
    public int Committed { get; private set; }

    /// <summary>How many chunks the stream has.</summary>
    public int ChunkCount { get; private set; }

    /// <summary>The chunks that have not been turned to.</summary>
    public IEnumerable<StreamChunk> Unread => _chunks.All;

    /// <summary>The one of them that is next; <see langword="null"/> when there is none.</summary>
    public StreamChunk? FirstUnread => _chunks.Count > 0 ? _chunks.First : null;

    /// <summary>Whether nothing more can come in the present chunk.</summary>
    public bool IsSealed => _sealed;

    private bool HasNext => _chunks.Count > 0 && _chunks.First.Sequence == _nextSequence;

    /// <summary>Makes a chunk known.</summary>
    /// <returns>Whether its sequence number is new.</returns>
    public bool Add(StreamChunk chunk)
    {
        if (chunk.Sequence > _lastSequence)
            return true;
        if (chunk.Sequence < _nextSequence || !_chunks.Add(chunk))
            return false;
        ChunkCount++;
        return true;
    }

    /// <summary>Whether a chunk of this number would stand between known ones, or come next after them.</summary>
    public bool HasGapAt(uint sequence) => sequence <= (_chunks.Last + 1 ?? 0) && !_chunks.Contains(sequence);

    /// <summary>Chunks that come after all known ones are none of this reader's business.</summary>
    public void TakeNoLaterChunks() => _lastSequence = _chunks.Last ?? _lastSequence;

    /// <summary>Whether what stands at a place of the present chunk is not what was recorded, and nobody knows what of it.</summary>
    public bool IsBad(int position) => _windows is { HasBad: true } && _windows.IsBad(position);

    /// <summary>Looks for more bytes: later ones of the present chunk, or the next chunk.</summary>
    public Found Fill()
    {
        if (!_sealed)
        {
            // A thread fills its chunk before it takes the next one: once there is a next one, one more look sees all of this one.
            _successorKnown = HasNext;
            if (Refresh())
                return Found.Records;
        }

        bool mayGoOn = _sealed || _successorKnown || !_reader.Growing;
        if (mayGoOn && TakeNextChunk())
            return Found.Chunk;
        // An idle thread's stream keeps no memory: there may be thousands of them.
        Release();
        return Found.Nothing;
    }

    /// <summary>Turns to the next chunk, whether there is a record in it or not.</summary>
    private bool TakeNextChunk()
    {
        if (_chunks.Count == 0)
            return false;
        if (!HasNext)
        {
            // In a ring it may be gone. A scan that saw a later one, but passed this one's place before it was taken, is followed by
            // another.
            if (_reader.Growing && (!_reader.IsRing || FoundByNewScan()))
                return false;
            uint missing = _chunks.First.Sequence - _nextSequence;
            if (_reader.IsRing)
                _reader.Overwritten += missing;
            else
                _reader.Damage.MissingChunks += missing;
        }

        Present = _chunks.Take();
        _nextSequence = Present.Sequence + 1;
        Committed = _reader.Schema.ChunkHeaderSize;
        _windows?.Begin(-1);
        _sealed = _endMissed = false;
        return true;
    }

    /// <summary>Reads what has been added to the present chunk.</summary>
    /// <returns>Whether there are more records.</returns>
    private bool Refresh()
    {
        bool whole = _successorKnown || !_reader.Growing;
        if (!whole && IsZeroAt(Committed))
            return false;

        byte[] buffer = Buffer ??= ArrayPool<byte>.Shared.Rent(TraceFormat.ChunkSize);
        int end = Committed + _reader.File.Read(Present.Offset + Committed, buffer, Committed, TraceFormat.ChunkSize - Committed);
        if (_reader.IsRing && !_reader.StillHolds(Present, _stream))
            return Overwritten();
        // What another process is writing may be older here than its check.
        WindowChecks? windows = whole && _reader.Schema.HasSafepoints ? BeginWindows() : null;
        ChunkWalk walk = new(_reader.Damage, _reader.Schema, _stream, buffer, end, whole ? IsZeroAt : null, windows);
        int committed = walk.From(Committed);
        _sealed |= walk.IsOver;
        (uint written, uint check) = _reader.WrittenAt(Present.Offset);
        if (committed == written)
            windows?.Close(buffer, committed, check);
        if (walk.IsUnmarked && !_endMissed && IsMissingTheEnd(committed, written))
        {
            _endMissed = true;
            _reader.Damage.UnmarkedChunks++;
            // Where the file was cut, what is before is as it was; where something else stands in the records' place, nobody knows what was
            // overwritten with it.
            if (end == TraceFormat.ChunkSize)
                windows?.Abandon(committed);
        }

        if (committed == Committed)
            return false;
        // The bytes of a record that was completed during this read may be older than its head: read again what is complete now.
        if (!_successorKnown && !walk.HasSkipped)
            _reader.File.Read(Present.Offset + Committed, buffer, Committed, committed - Committed);
        if (_reader.IsRing && !_reader.StillHolds(Present, _stream))
            return Overwritten();
        Committed = committed;
        return true;
    }

    private WindowChecks BeginWindows()
    {
        _windows ??= new WindowChecks(_reader.Damage);
        // Of what has been read before, nothing may be left here.
        _windows.Begin(Committed == _reader.Schema.ChunkHeaderSize ? Committed : -1);
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
        _reader.File.Read(Present.Offset + position, _head, 0, _head.Length) == _head.Length
        && BinaryPrimitives.ReadUInt32LittleEndian(_head) == 0;

    private bool FoundByNewScan()
    {
        _reader.Scan();
        return HasNext;
    }

    private void Release()
    {
        if (Buffer is null)
            return;
        ArrayPool<byte>.Shared.Return(Buffer);
        Buffer = null;
    }
}
