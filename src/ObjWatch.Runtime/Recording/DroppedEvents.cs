using System;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Trace;

namespace ObjWatch.Recording;

/// <summary>
/// Where a thread goes on while no chunk is ready for it and it may not wait: memory that nobody reads. Its events cost what they
/// always cost, its frames stay right, and how many there were is known exactly.
/// </summary>
/// <remarks>Used only with <c>WhenFull=drop</c>. The lock is for the session's end, which may come while the thread is at work.</remarks>
internal sealed unsafe class DroppedEvents
{
    // After so many bytes of events the thread looks again whether there is a chunk.
    private const int Size = 4 * TraceFormat.MaximumRecordSize;

    private readonly byte* _memory = (byte*)Marshal.AllocHGlobal(Size);
    private long _since;

    ~DroppedEvents() => Marshal.FreeHGlobal((IntPtr)_memory);

    /// <summary>Held while it is decided where the thread's next events go.</summary>
    public object Gate { get; } = new();

    /// <summary>Whether events are being dropped now.</summary>
    public bool Active { get; private set; }

    /// <summary>Where the next dropped record goes.</summary>
    public byte* FirstRecord => _memory;

    /// <summary>The last place where a record of any size fits.</summary>
    public byte* LastRecord => _memory + Size - TraceFormat.MaximumRecordSize;

    /// <summary>Events are dropped from now on.</summary>
    /// <param name="events">How many events the thread has had until now.</param>
    public void Begin(long events)
    {
        if (Active)
            return;
        Active = true;
        _since = events;
    }

    /// <summary>Events are recorded again.</summary>
    /// <param name="events">How many events the thread has had until now.</param>
    /// <returns>How many were dropped.</returns>
    public long End(long events)
    {
        long dropped = Active ? events - _since : 0;
        Active = false;
        return dropped;
    }

    /// <summary>Writes a record that says how many events are missing at its place.</summary>
    /// <returns>Where the next record goes.</returns>
    public static byte* WriteRecord(byte* place, long count)
    {
        const int Bytes = sizeof(uint) + sizeof(long);
        *(long*)(place + sizeof(uint)) = count;
        Volatile.Write(ref *(uint*)place, TraceFormat.Head(Bytes, RecordKind.EventsLost));
        return place + Bytes;
    }
}
