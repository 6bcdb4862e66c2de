using System;
using ObjWatch.Recording.Chunks;
using ObjWatch.Trace.Format;

namespace ObjWatch.Recording.Streams;

/// <summary>
/// A stream of the trace. One thread at a time writes it; when that one has ended, the next that begins to record goes on with it, in the
/// chunk it left: threads that come and go in thousands take no more chunks than run together.
/// </summary>
internal sealed unsafe class RecordStream
{
    public RecordStream(int number) => Number = number;

    /// <summary>Its number in the trace, from 1.</summary>
    public int Number { get; }

    /// <summary>The sequence number of its next chunk.</summary>
    public int Sequence { get; set; }

    /// <summary>The chunk that is being written.</summary>
    public TraceChunk? Chunk { get; set; }

    /// <summary>Whether more than one thread has written to <see cref="Chunk"/>.</summary>
    public bool Shared { get; set; }

    /// <summary>Where the next record goes. Valid while no thread has the stream. Never null: a thread that gets no chunk for it has a
    /// limit of null, and a place that does not lie behind that would be room for a record.</summary>
    public byte* Position { get; set; } = (byte*)1;

    /// <summary>The last safepoint in <see cref="Chunk"/>: the window behind it is still open.</summary>
    public byte* WindowStart { get; set; }

    /// <summary>Says how far the present chunk has been written.</summary>
    /// <param name="place">Where the next record goes.</param>
    /// <param name="definitions">Where to.</param>
    /// <param name="atRest">Whether no thread writes to it any more; else the last window cannot be checked.</param>
    public void WriteWritten(byte* place, DefinitionStream definitions, bool atRest)
    {
        if (Chunk is not { } chunk || chunk.BytesBefore(place) is not (var bytes and > 0))
            return;
        uint check = atRest && place > WindowStart ? WindowCheck.Of(new ReadOnlySpan<byte>(WindowStart, (int)(place - WindowStart))) : 0;
        definitions.WriteWritten(chunk.End - TraceFormat.ChunkSize, bytes, check);
    }
}
