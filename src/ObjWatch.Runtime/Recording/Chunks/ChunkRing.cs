using System.Collections.Generic;
using ObjWatch.Threading;

namespace ObjWatch.Recording.Chunks;

/// <summary>The full chunks of a trace that keeps only its last events, in the order in which they became full. The oldest is used again
/// first.</summary>
/// <remarks>A chunk that a thread still writes is not among them, however old its first events are: so a ring may grow by a chunk for each
/// thread.</remarks>
internal sealed class ChunkRing
{
    private readonly Queue<TraceChunk> _full = new();
    private bool _closed;

    /// <param name="chunks">How many chunks to keep.</param>
    public ChunkRing(int chunks)
    {
        Chunks = chunks;
    }

    /// <summary>How many full chunks are kept.</summary>
    public int Chunks { get; }

    /// <summary>Takes a full chunk back.</summary>
    /// <returns>Whether it will be used again.</returns>
    public bool TryReturn(TraceChunk chunk)
    {
        using (new HeldLock(_full))
        {
            if (!_closed)
                _full.Enqueue(chunk);
            return !_closed;
        }
    }

    /// <summary>The oldest full chunk, cleared; null while there are no more than the ring keeps.</summary>
    public TraceChunk? TryReuse()
    {
        TraceChunk chunk;
        using (new HeldLock(_full))
        {
            if (_full.Count <= Chunks)
                return null;
            chunk = _full.Dequeue();
        }

        chunk.Clear();
        return chunk;
    }

    /// <summary>Nothing is used again from now on; all that is full stays as it is.</summary>
    public void Close()
    {
        using (new HeldLock(_full))
        {
            _closed = true;
            foreach (TraceChunk chunk in _full)
                chunk.Discard();
            _full.Clear();
        }
    }
}
