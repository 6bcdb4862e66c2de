using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.Intrinsics.X86;
#endif
using System.Threading;
using ObjWatch.State;
using ObjWatch.Trace.Format;

namespace ObjWatch.Values;

/// <summary>Where one thread writes its records: the place of the next one, the one that is open, and what has been said already and need not be said again.</summary>
/// <remarks>
/// A record is written at <see cref="Position"/> without a lock, because the chunk belongs to one thread alone, and becomes visible by its head,
/// which is stored last. What the records leave out is declared by <see cref="RecordSchema"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class RecordBuffer
{
    private const int BytesAhead = 512;

    /// <summary>Where the next record goes: never null, so that it lies behind a <see cref="Limit"/> that is.</summary>
    internal byte* Position = (byte*)1;

    /// <summary>The last place where a record may begin: another safepoint is due behind it, or another chunk, or it is null and nothing is recorded (any
    /// more). Null is also how a session that ends lets go of the threads.</summary>
    internal volatile byte* Limit;

    /// <summary>Behind the last byte that records may take in the chunk.</summary>
    internal byte* ChunkEnd;

    /// <summary>In the record that is open: where it begins, where its first value is, where the next one goes, and what it may not pass.</summary>
    internal byte* RecordStart, FirstValue, Cursor, RecordEnd;

    /// <summary>The last owner.</summary>
    internal ulong Owner;

    /// <summary>The last time.</summary>
    internal long Ticks;

    /// <summary>The open depth.</summary>
    internal int Depth;

    /// <summary>Whether the thread is inside the recorder, or is one of ours: whatever it calls meanwhile is not traced.</summary>
    internal bool Busy;

    /// <summary>How many events this thread has had in its session.</summary>
    internal long Events;

    /// <summary>Makes the texts of what stands in the value that a wrapper formats.</summary>
    internal Func<object?, string?>? ElementText;

    /// <summary>The identities this thread met last.</summary>
    internal IdentityCache Identities = IdentityCache.Create();

    /// <summary>The shapes of the types this thread met last.</summary>
    internal readonly ShapeCache Shapes = new();

    private uint _head;
    private int _depthBehind;
    private long _ticks;

    private protected RecordBuffer()
    {
    }

    /// <summary>The site of the record that is open.</summary>
    internal int OpenSite => (int)(_head >> RecordHead.SiteShift);

    /// <summary>Opens the record of a call: writes its time and depth, or how long after the last one it is.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="site">The call's site.</param>
    /// <param name="depth">Its depth.</param>
    /// <param name="untold">The depth that a reader takes it to have where nothing is said.</param>
    /// <param name="depthBehind">The open depth behind it.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void OpenCall(byte* start, RecordKind kind, int site, int depth, int untold, int depthBehind)
    {
        long now = Stopwatch.GetTimestamp();
        ulong since = (ulong)(now - Ticks);
        uint code = (uint)kind;
        byte* cursor = start + (2 * sizeof(uint));
        if (since < RecordHead.TicksToState && depth == untold)
        {
            *(uint*)(start + sizeof(uint)) = (uint)since << RecordHead.DetailShift;
        }
        else
        {
            *(uint*)(start + sizeof(uint)) = 0;
            *(long*)cursor = now;
            *(int*)(cursor + sizeof(long)) = depth;
            cursor += sizeof(long) + sizeof(int);
            code |= RecordHead.Stated;
        }

        _ticks = now;
        _depthBehind = depthBehind;
        Open(start, RecordHead.Of(code, site), cursor);
    }

    /// <summary>Opens the record of a change: says whose member it was.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="site">The site of the change.</param>
    /// <param name="owner">The identity of the object; 0: none.</param>
    /// <param name="flags">Flags of a change's extent.</param>
    internal void OpenChange(byte* start, RecordKind kind, int site, ulong owner, uint flags = 0)
    {
        byte* cursor = start + (2 * sizeof(uint));
        OwnerForm form = FormOf(owner);
        *(uint*)(start + sizeof(uint)) = flags | ((uint)form << RecordHead.FormShift);
        Open(start, RecordHead.Of((uint)kind, site), StateOwner(cursor, owner, form));
    }

    /// <summary>How an owner is said.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal OwnerForm FormOf(ulong owner) => owner == 0 ? OwnerForm.None
        : owner == Owner ? OwnerForm.Same
        : TraceFormat.IsNear(owner, Owner) ? OwnerForm.Near
        : OwnerForm.Stated;

    /// <summary>Says an owner, who is the last one from now on.</summary>
    /// <returns>The place behind it.</returns>
    internal byte* StateOwner(byte* cursor, ulong owner, OwnerForm form)
    {
        if (form <= OwnerForm.Same)
            return cursor;
        Owner = owner;
        if (form == OwnerForm.Near)
        {
            *(uint*)cursor = (uint)owner;
            return cursor + sizeof(uint);
        }

        *(ulong*)cursor = owner;
        return cursor + sizeof(ulong);
    }

    /// <summary>Writes a line into the open record.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteLine(int line)
    {
        if ((uint)line < ushort.MaxValue)
        {
            *(ushort*)Cursor = (ushort)line;
            Cursor += sizeof(ushort);
        }
        else
        {
            *(ushort*)Cursor = ushort.MaxValue;
            *(int*)(Cursor + sizeof(ushort)) = line;
            Cursor += sizeof(ushort) + sizeof(int);
        }

        FirstValue = Cursor;
    }

    /// <summary>Makes the open record visible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Commit()
    {
        byte* start = RecordStart;
        int size = ((int)(Cursor - start) + 3) & ~3;
        *(uint*)(start + sizeof(uint)) |= (uint)size / sizeof(uint);
        Commit(start, start + size, _head);
    }

    /// <summary>Makes the open record of a call visible.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void CommitCall()
    {
        Commit();
        Ticks = _ticks;
        Depth = _depthBehind;
    }

    /// <summary>Makes a record visible.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="end">Where the next one begins.</param>
    /// <param name="head">Its head.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Commit(byte* start, byte* end, uint head)
    {
        Volatile.Write(ref *(uint*)start, head);
        // Only now: the process may end between any two of these, and what it says of how far it came must be there.
        Position = end;
        Events++;
#if NET
        // Another thread has just written zeros here: the next records' place is still in its processor's cache, and takes longer to come than an event.
        if (Sse.IsSupported)
            Sse.Prefetch0(start + BytesAhead);
#endif
    }

    /// <summary>Takes back what was written from <paramref name="place"/> on: what follows a record must be zero until it is written.</summary>
    internal void Rewind(byte* place)
    {
        Unsafe.InitBlockUnaligned(place, 0, (uint)(RecordEnd - place));
        Cursor = place;
    }

    /// <summary>Lets values be written elsewhere, into memory for a record of any size.</summary>
    /// <returns>The record that is open.</returns>
    internal OpenRecord TurnTo(byte* memory)
    {
        var open = new OpenRecord(RecordStart, FirstValue, Cursor, RecordEnd);
        RecordStart = FirstValue = Cursor = memory;
        RecordEnd = memory + TraceFormat.MaximumRecordSize;
        return open;
    }

    /// <summary>Lets values be written into the record that was open before.</summary>
    internal void GoBackTo(in OpenRecord open)
    {
        RecordStart = open.Start;
        FirstValue = open.FirstValue;
        Cursor = open.Cursor;
        RecordEnd = open.End;
    }

    /// <summary>Gives the open record room in the thread's next chunk, if it is this one's end that it has come to.</summary>
    /// <returns>Whether it has moved there, so that there is room now.</returns>
    internal abstract bool MoveOn();

    private void Open(byte* start, uint head, byte* cursor)
    {
        _head = head;
        RecordStart = start;
        FirstValue = Cursor = cursor;
        byte* end = start + TraceFormat.MaximumRecordSize;
        RecordEnd = end < ChunkEnd ? end : ChunkEnd;
    }
}
