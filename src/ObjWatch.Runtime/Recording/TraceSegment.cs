using System.IO;
using System.IO.MemoryMappedFiles;
using System.Runtime.CompilerServices;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using ObjWatch.Trace.Format;

namespace ObjWatch.Recording;

/// <summary>A run of chunks that are mapped together. It is unmapped when all of them are finished, or when nobody can reach one any more.</summary>
internal sealed unsafe class TraceSegment
{
    /// <summary>Chunks of the largest segment.</summary>
    public const int MostChunks = 64;

    private const int PageSize = 4096;

    private readonly SafeMemoryMappedViewHandle _memory;
    private readonly byte* _address;
    private int _unfinished;

    /// <summary>Maps the segment at <paramref name="offset"/> with so many chunks, whose bytes have been written.</summary>
    public TraceSegment(FileStream file, long offset, int chunks)
    {
        _unfinished = chunks;
        int size = chunks * TraceFormat.ChunkSize;
        using (MemoryMappedFile mapping = MemoryMappedFile.CreateFromFile(
            file, null, 0, MemoryMappedFileAccess.ReadWrite, HandleInheritability.None, leaveOpen: true))
        {
            // The accessor itself is never disposed: that would wait until the disk has every page (msync), on the thread that needs its next
            // chunk. The system writes them in its own time, also if the process dies.
            MemoryMappedViewAccessor view = mapping.CreateViewAccessor(offset, size);
            _memory = view.SafeMemoryMappedViewHandle;
            _memory.AcquirePointer(ref _address);
            _address += view.PointerOffset;
        }

        // The first write to a page enters the kernel. Better here than in the program's threads.
        for (int page = 0; page < size; page += PageSize)
            Volatile.Write(ref _address[page], 0);
    }

    ~TraceSegment()
    {
        // A recorder that dies together with its segment may still finish its chunk.
        if (Interlocked.Exchange(ref _unfinished, -1) > 0)
            _memory?.ReleasePointer();
    }

    /// <summary>Where a chunk begins.</summary>
    public byte* ChunkAt(int index) => _address + ((long)index * TraceFormat.ChunkSize);

    /// <summary>One chunk is no longer written.</summary>
    public void FinishChunk()
    {
        if (Interlocked.Decrement(ref _unfinished) != 0)
            return;
        _memory.ReleasePointer();
        _memory.Dispose();
    }
}

/// <summary>A chunk while one thread writes it.</summary>
internal sealed unsafe class TraceChunk
{
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
    public byte* FirstRecord => _address + TraceFormat.ChunkHeaderSize;

    /// <summary>The last place where a record of any size, and the mark of the chunk's end behind it, fit.</summary>
    public byte* LastRecord => _address + TraceFormat.ChunkSize - TraceFormat.MaximumRecordSize - sizeof(uint);

    /// <summary>How many of the chunk's bytes lie before a place; 0 if that is not in it.</summary>
    public int BytesBefore(byte* place) =>
        place > _address && place <= _address + TraceFormat.ChunkSize ? (int)(place - _address) : 0;

    /// <summary>Writes the chunk's header.</summary>
    public void Begin(int stream, int managedThreadId, int sequence, int thread, long ticks)
    {
        // A reader could not do without definitions, however old they are.
        if (stream == 0)
            _ring = null;
        *(int*)_address = stream;
        *(int*)(_address + 4) = managedThreadId;
        *(int*)(_address + 8) = sequence;
        *(int*)(_address + 12) = thread;
        *(long*)(_address + 16) = ticks;
        Volatile.Write(ref *(uint*)(_address + 24), TraceFormat.ChunkMagic);
    }

    /// <summary>Makes the chunk as good as new. A reader that looks meanwhile sees first of all that it is none any more.</summary>
    public void Clear()
    {
        Volatile.Write(ref *(uint*)(_address + 24), 0);
        Thread.MemoryBarrier();
        Unsafe.InitBlockUnaligned(_address, 0, TraceFormat.ChunkSize);
    }

    /// <summary>Ends the chunk in front of a place.</summary>
    /// <param name="place">Where the next record would go.</param>
    /// <param name="events">How many events are in the chunk; 0 where that is not known, or where they are not all of one thread.</param>
    public void Complete(byte* place, int events)
    {
        Volatile.Write(ref *(int*)(_address + 28), events);
        Volatile.Write(ref *(uint*)place, TraceFormat.Head(sizeof(uint), RecordKind.EndOfChunk));
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
