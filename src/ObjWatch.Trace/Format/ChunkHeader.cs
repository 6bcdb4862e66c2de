using System;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Format;

/// <summary>What stands at the beginning of a chunk.</summary>
/// <param name="Stream">The stream it belongs to.</param>
/// <param name="ManagedThreadId">The id of the thread that took it.</param>
/// <param name="Sequence">Which of the stream's chunks it is, from 0.</param>
/// <param name="Thread">That thread's number; 0 for the stream's.</param>
/// <param name="Ticks">When it was taken.</param>
/// <param name="Magic">The mark of a chunk in use.</param>
/// <param name="Events">How many events it holds, all of that thread; 0 where that is not known.</param>
internal readonly record struct ChunkHeader(uint Stream, uint ManagedThreadId, uint Sequence, uint Thread, ulong Ticks, uint Magic, uint Events)
{
    /// <summary>Reads it.</summary>
    public static ChunkHeader Read(byte[] bytes)
    {
        var cursor = new RecordCursor(bytes.AsSpan(0, TraceFormat.ChunkHeaderSize));
        return new ChunkHeader(cursor.U32(), cursor.U32(), cursor.U32(), cursor.U32(), cursor.U64(), cursor.U32(), cursor.U32());
    }

    /// <summary>The chunk with this header, at a place in the file.</summary>
    public TraceStream.Chunk At(long offset) => new(offset, Sequence, Ticks, Thread, Events);
}
