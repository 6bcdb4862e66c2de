using System.IO;
using System.IO.MemoryMappedFiles;
using System.Threading;
using Microsoft.Win32.SafeHandles;
using ObjWatch.Trace.Format;

namespace ObjWatch.Recording.Chunks;

/// <summary>A run of chunks that are mapped together. It is unmapped when all of them are finished, or when nobody can reach one any
/// more.</summary>
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
            // The accessor itself is never disposed: that would wait until the disk has every page (msync), on the thread that needs its
            // next chunk. The system writes them in its own time, also if the process dies.
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
