using System;
using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>What stands at the beginning of a chunk: stream u32, managed thread id u32, sequence u32, thread u32, ticks u64, magic u32
/// (stored last), events u32 and, since version 2, the ordinal u64.</summary>
/// <param name="Stream">The stream it belongs to.</param>
/// <param name="ManagedThreadId">The id of the thread that took it.</param>
/// <param name="Sequence">Which of the stream's chunks it is, from 0.</param>
/// <param name="Thread">That thread's number; 0 for the stream's.</param>
/// <param name="Ticks">When it was taken.</param>
/// <param name="Magic">The mark of a chunk in use.</param>
/// <param name="Events">How many events it holds, all of that thread; 0 where that is not known.</param>
/// <param name="Ordinal">How many events that thread had before it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ChunkHeader(
    uint Stream, uint ManagedThreadId, uint Sequence, uint Thread, ulong Ticks, uint Magic, uint Events, ulong Ordinal)
{
    /// <summary>Bytes of it.</summary>
    public const int Size = 40;

    /// <summary>Bytes of it in version 1, which has no ordinal.</summary>
    internal const int SizeInVersion1 = 32;

    /// <summary>Marks a chunk in use: <c>OWCK</c>.</summary>
    public const uint InUse = 0x4B43_574F;

    /// <summary>Where the magic stands.</summary>
    public const int MagicOffset = 24;

    /// <summary>Where the number of events stands.</summary>
    public const int EventsOffset = 28;

    /// <summary>Reads it.</summary>
    /// <param name="bytes">As many as it has in this version of the format.</param>
    public static ChunkHeader Read(ReadOnlySpan<byte> bytes)
    {
        var cursor = new RecordCursor(bytes);
        return new ChunkHeader(
            cursor.U32(), cursor.U32(), cursor.U32(), cursor.U32(), cursor.U64(), cursor.U32(), cursor.U32(), bytes.Length < Size
            ? 0 : cursor.U64());
    }

    /// <summary>Writes it, but for its magic.</summary>
    public static unsafe void Write(byte* chunk, int stream, int managedThreadId, int sequence, int thread, long ticks, long ordinal)
    {
        *(int*)chunk = stream;
        *(int*)(chunk + 4) = managedThreadId;
        *(int*)(chunk + 8) = sequence;
        *(int*)(chunk + 12) = thread;
        *(long*)(chunk + 16) = ticks;
        *(long*)(chunk + 32) = ordinal;
    }
}
