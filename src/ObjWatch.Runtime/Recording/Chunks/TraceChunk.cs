using System;
using System.Runtime.CompilerServices;
using System.Threading;
using ObjWatch.Recording.Streams;
using ObjWatch.Trace.Format;

namespace ObjWatch.Recording.Chunks;

/// <summary>A chunk while one thread writes it.</summary>
internal sealed unsafe class TraceChunk
{
    private const int EndOfChunkSize = 2 * sizeof(uint);
    private const int RoomToBegin = 256 + ThreadChunks.MostControlBytes;

    private readonly TraceSegment _segment;
    private readonly byte* _address;
    private ChunkRing? _ring;

    /// <param name="segment">What it is mapped with.</param>
    /// <param name="index">Which of the segment's chunks it is.</param>
    /// <param name="end">Where it ends in the file.</param>
    /// <param name="ring">Who takes it back when it is full; null where chunks are written once.</param>
    public TraceChunk(TraceSegment segment, int index, long end, ChunkRing? ring = null)
    {
        End = end;
        _segment = segment;
        _address = segment.ChunkAt(index);
        _ring = ring;
    }

    /// <summary>Where it ends in the file.</summary>
    public long End { get; }

    /// <summary>Where its first record goes.</summary>
    public byte* FirstRecord => _address + ChunkHeader.Size;

    /// <summary>Behind the last byte of its records: from there on there is just room for the mark of the chunk's end.</summary>
    public byte* EndOfRecords => _address + TraceFormat.ChunkSize - EndOfChunkSize;

    /// <summary>The last place where a record may begin. One that becomes too long moves to the next chunk; but its fixed part and the tags
    /// of its values must have room here.</summary>
    public byte* LastRecord => EndOfRecords - RoomToBegin;

    /// <summary>How many of the chunk's bytes lie before a place; 0 if that is not in it.</summary>
    public int BytesBefore(byte* place) =>
        place > _address && place <= _address + TraceFormat.ChunkSize ? (int)(place - _address) : 0;

    /// <summary>Writes the chunk's header.</summary>
    public void Begin(int stream, int managedThreadId, int sequence, int thread, long ticks, long ordinal)
    {
        // A reader could not do without definitions, however old they are.
        if (stream == 0)
            _ring = null;
        ChunkHeader.Write(_address, stream, managedThreadId, sequence, thread, ticks, ordinal);
        Volatile.Write(ref *(uint*)(_address + ChunkHeader.MagicOffset), ChunkHeader.InUse);
    }

    /// <summary>Makes the chunk as good as new. A reader that looks meanwhile sees first of all that it is none any more.</summary>
    public void Clear()
    {
        Volatile.Write(ref *(uint*)(_address + ChunkHeader.MagicOffset), 0);
        Thread.MemoryBarrier();
        Unsafe.InitBlockUnaligned(_address, 0, TraceFormat.ChunkSize);
    }

    /// <summary>Ends the chunk in front of a place.</summary>
    /// <param name="window">Where its last window begins.</param>
    /// <param name="place">Where the next record would go.</param>
    /// <param name="events">How many events are in the chunk; 0 where that is not known, or where they are not all of one thread.</param>
    public void Complete(byte* window, byte* place, int events)
    {
        Volatile.Write(ref *(int*)(_address + ChunkHeader.EventsOffset), events);
        *(uint*)(place + sizeof(uint)) = WindowCheck.Of(new ReadOnlySpan<byte>(window, (int)(place - window)));
        Volatile.Write(ref *(uint*)place, RecordHead.Sized(RecordKind.EndOfChunk, EndOfChunkSize));
        Finish();
    }

    /// <summary>The chunk is no longer written.</summary>
    public void Finish()
    {
        if (_ring == null || !_ring.TryReturn(this))
            Discard();
    }

    /// <summary>The chunk is written no more, and never again.</summary>
    public void Discard() => _segment.FinishChunk();
}
