using System;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Threading;
using ObjWatch.Trace.Format;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Streams;

/// <summary>
/// Where a thread goes on while no chunk is ready for it and it may not wait: memory that nobody reads. Its events cost what they
/// always cost, its frames stay right, and how many there were is known exactly.
/// </summary>
/// <remarks>Used only with <c>WhenFull=drop</c>. Its lock is for the session's end, which may come while the thread is at work.</remarks>
internal sealed unsafe class DroppedEvents
{
    // After so many bytes of events the thread looks again whether there is a chunk.
    private const int Size = 4 * TraceFormat.MaximumRecordSize;

    private readonly byte* _memory = (byte*)Marshal.AllocHGlobal(Size);
    private readonly object _gate = new();
    private bool _active;
    private long _since;

    ~DroppedEvents() => Marshal.FreeHGlobal((IntPtr)_memory);

    /// <summary>Takes the thread's next chunk, or goes on dropping when none is ready.</summary>
    /// <returns>Whether the thread goes on either way; false when nothing is recorded any more.</returns>
    public bool TakeChunkOrDrop(ThreadRecorder recorder, ActiveRecording session, RecordStream stream)
    {
        using (new HeldLock(_gate))
        {
            if (session.Ended)
                return false;
            stream.Chunk = session.Trace.TakeAtOnce(stream.Number, stream.Sequence, recorder.Number, recorder.Events - Pending(recorder));
            if (stream.Chunk != null)
            {
                Record(recorder, session, stream);
            }
            else if (session.Trace.Ended)
            {
                session.NoteLost();
                return false;
            }
            else
            {
                Drop(recorder, session);
            }

            // The session may have ended meanwhile, and its Release may have come before the lines above.
            Thread.MemoryBarrier();
            return !session.Ended;
        }
    }

    /// <summary>What has been dropped since the last chunk, when there will be no other.</summary>
    public DroppedAtEnd? TakeRest(ThreadRecorder recorder, RecordStream stream)
    {
        using (new HeldLock(_gate))
        {
            long dropped = End(recorder);
            return dropped == 0
                ? null
                : new DroppedAtEnd(stream.Number, stream.Sequence++, recorder.Number, dropped, recorder.Events - dropped);
        }
    }

    /// <summary>Writes a record that says how many events are missing at its place.</summary>
    /// <returns>Where the next record goes.</returns>
    public static byte* WriteRecord(byte* place, long count)
    {
        const int Bytes = sizeof(uint) + sizeof(long);
        *(long*)(place + sizeof(uint)) = count;
        Volatile.Write(ref *(uint*)place, RecordHead.Sized(RecordKind.EventsLost, Bytes));
        return place + Bytes;
    }

    private void Record(ThreadRecorder recorder, ActiveRecording session, RecordStream stream)
    {
        stream.Sequence++;
        recorder.Chunks.Begin(session, stream, End(recorder));
    }

    private void Drop(ThreadRecorder recorder, ActiveRecording session)
    {
        if (!_active)
            _since = recorder.Events;
        _active = true;
        recorder.Chunks.BeginNowhere(session, _memory, Size);
    }

    private long Pending(ThreadRecorder recorder) => _active ? recorder.Events - _since : 0;

    private long End(ThreadRecorder recorder)
    {
        long dropped = Pending(recorder);
        _active = false;
        recorder.Dropped += dropped;
        return dropped;
    }
}
