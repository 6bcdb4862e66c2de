using System.ComponentModel;

namespace ObjWatch.Trace.Reading;

/// <summary>One chunk of a stream: where it lies, and what its header says.</summary>
/// <param name="Offset">In the file.</param>
/// <param name="Sequence">Which of its stream's chunks it is.</param>
/// <param name="Ticks">When its thread took it.</param>
/// <param name="Thread">That thread's number; 0 for the stream's.</param>
/// <param name="Events">How many events it holds, all of that thread; 0 where that is not known.</param>
/// <param name="Ordinal">How many events that thread had before it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct StreamChunk(long Offset, uint Sequence, ulong Ticks, uint Thread, uint Events, ulong Ordinal = 0);
