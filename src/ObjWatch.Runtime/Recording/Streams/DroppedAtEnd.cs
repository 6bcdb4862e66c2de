using ObjWatch.Recording.Chunks;

namespace ObjWatch.Recording.Streams;

/// <summary>Events that a thread dropped at last.</summary>
/// <param name="Stream">The thread's stream.</param>
/// <param name="Sequence">The number of the chunk that says so.</param>
/// <param name="Thread">The thread's number.</param>
/// <param name="Count">How many.</param>
/// <param name="Ordinal">How many events the thread had before.</param>
internal readonly record struct DroppedAtEnd(int Stream, int Sequence, int Thread, long Count, long Ordinal)
{
    /// <summary>Lets the trace say so, in a chunk of its own.</summary>
    public unsafe void Write(TraceWriter trace)
    {
        TraceChunk? chunk = trace.Take(Stream, Sequence, Thread, Ordinal);
        if (chunk == null)
            return;
        DroppedEvents.WriteRecord(chunk.FirstRecord, Count);
        chunk.Finish();
    }
}
