using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Runtime.CompilerServices;
#if NET
using System.Runtime.Intrinsics.X86;
#endif
using System.Threading;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Objects;
using ObjWatch.Values.Shapes;
using ObjWatch.Values.Writing;

namespace ObjWatch.Values;

/// <summary>Where one thread writes its records: the place of the next one, the one that is open, and what has been said already and need
/// not be said again.</summary>
/// <remarks>
/// A record is written at <see cref="Position"/> without a lock, because the chunk belongs to one thread alone, and becomes visible by its
/// head, which is stored last. What the records leave out is declared by <see cref="RecordSchema"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract unsafe class RecordBuffer
{
    private const int BytesAhead = 512;

    /// <summary>Where the next record goes: never null, so that it lies behind a <see cref="Limit"/> that is.</summary>
    internal byte* Position = (byte*)1;

    /// <summary>The last place where a record may begin: another safepoint is due behind it, or another chunk, or it is null and nothing is
    /// recorded (any more). Null is also how a session that ends lets go of the threads.</summary>
    internal volatile byte* Limit;

    /// <summary>Behind the last byte that records may take in the chunk.</summary>
    internal byte* ChunkEnd;

    /// <summary>In the record that is open: where it begins, where its first value is (of a Run), where the next one goes, and what it may
    /// not pass.</summary>
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

    /// <summary>What is captured of values in the session that this thread records in.</summary>
    internal CaptureRules Rules = CaptureRules.Default;

    /// <summary>Makes the texts of what stands in the value that a wrapper formats.</summary>
    internal Func<object?, string?>? ElementText;

    /// <summary>The identities this thread met last.</summary>
    internal IdentityCache Identities = IdentityCache.Create();

    /// <summary>The shapes of the types this thread met last.</summary>
    internal readonly ShapeCache Shapes = new();

    private uint _head;

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
    /// <returns>Where its other fields go; <see cref="Cursor"/> is not set yet.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal byte* OpenCall(byte* start, RecordKind kind, int site, int depth, int untold, int depthBehind)
    {
        uint code = (uint)kind;
        byte* cursor = WriteMoment(start, ref code, depth, untold, out uint extent, out long now);
        *(uint*)(start + sizeof(uint)) = extent;
        Ticks = now;
        Depth = depthBehind;
        Open(start, RecordHead.Of(code, site));
        return cursor;
    }

    /// <summary>Moves the open record to another place. A call gets the time of that: it may have waited for the place, and what other
    /// threads did meanwhile came before it.</summary>
    /// <param name="place">Where to.</param>
    /// <param name="depth">The depth of a call.</param>
    internal void MoveTo(byte* place, int depth)
    {
        byte* from = RecordStart;
        byte* fields = from + (2 * sizeof(uint));
        byte* moved = place + (2 * sizeof(uint));
        uint extent = *(uint*)(from + sizeof(uint));
        if (IsCall)
        {
            long now = Stopwatch.GetTimestamp();
            if ((_head & RecordHead.Stated) != 0)
                fields += sizeof(long) + sizeof(int);
            _head |= RecordHead.Stated;
            extent = 0;
            *(long*)moved = Ticks = now;
            *(int*)(moved + sizeof(long)) = depth;
            moved += sizeof(long) + sizeof(int);
        }

        *(uint*)(place + sizeof(uint)) = extent;
        long length = Cursor - fields;
        Buffer.MemoryCopy(fields, moved, length, length);
        FirstValue = moved + (FirstValue - fields);
        Cursor = moved + length;
        Begin(place);
    }

    /// <summary>Goes back to the time and the depth before the open record, which says what it has of them.</summary>
    internal void TakeBackMoment()
    {
        uint code = (byte)_head;
        if (!IsCall || (code & RecordHead.Stated) != 0)
            return;
        Ticks -= *(uint*)(RecordStart + sizeof(uint)) >> RecordHead.DetailShift;
        Depth += code < (uint)RecordKind.End ? -1 : 1;
    }

    /// <summary>Whether the open record is one behind which a call is open.</summary>
    internal bool IsRun => (byte)_head
        is >= (byte)RecordKind.Run and < (byte)RecordKind.End
        or >= (byte)RecordKind.Resume and < (byte)RecordKind.Line;

    private bool IsCall => (byte)_head is >= (byte)RecordKind.Run and < (byte)RecordKind.Line;

    /// <summary>Writes the whole record of a call's end where its value takes a fixed number of bytes.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="site">The call's site.</param>
    /// <param name="depth">Its depth.</param>
    /// <param name="result">The value; ignored where <paramref name="instead"/> is not <see cref="ValueTag.Null"/>.</param>
    /// <param name="instead">A tag that stands for the value.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void WriteEnd<T>(byte* start, int site, int depth, T result, ValueTag instead = ValueTag.Null)
    {
        uint code = (uint)RecordKind.End;
        byte* cursor = WriteMoment(start, ref code, depth, untold: Depth - 1, out uint extent, out long now);
        if (instead == ValueTag.Null)
            cursor = Primitive.Write(cursor, result);
        else
            *cursor++ = (byte)instead;
        int size = ((int)(cursor - start) + 3) & ~3;
        *(uint*)(start + sizeof(uint)) = extent | ((uint)size / sizeof(uint));
        Commit(start, start + size, RecordHead.Of(code, site));
        Ticks = now;
        Depth = depth;
    }

    /// <summary>Opens the record of a change: says whose member it was.</summary>
    /// <param name="start">Where it begins.</param>
    /// <param name="kind">Its kind.</param>
    /// <param name="site">The site of the change.</param>
    /// <param name="owner">The identity of the object; 0: none.</param>
    /// <param name="flags">Flags of a change's extent.</param>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void OpenChange(byte* start, RecordKind kind, int site, ulong owner, uint flags = 0)
    {
        byte* cursor = start + (2 * sizeof(uint));
        OwnerForm form = FormOf(owner);
        *(uint*)(start + sizeof(uint)) = flags | ((uint)form << RecordHead.FormShift);
        Open(start, RecordHead.Of((uint)kind, site));
        Cursor = StateOwner(cursor, owner, form);
    }

    /// <summary>How an owner is said.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal OwnerForm FormOf(ulong owner) => owner == 0 ? OwnerForm.None
        : owner == Owner ? OwnerForm.Same
        : TraceFormat.IsNear(owner, Owner) ? OwnerForm.Near
        : OwnerForm.Stated;

    /// <summary>Says an owner, who is the last one from now on.</summary>
    /// <returns>The place behind it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
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

    /// <summary>Writes a line.</summary>
    /// <returns>The place behind it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal static byte* WriteLine(byte* cursor, int line)
    {
        if ((uint)line < ushort.MaxValue)
        {
            *(ushort*)cursor = (ushort)line;
            return cursor + sizeof(ushort);
        }

        *(ushort*)cursor = ushort.MaxValue;
        *(int*)(cursor + sizeof(ushort)) = line;
        return cursor + sizeof(ushort) + sizeof(int);
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
        // Another thread has just written zeros here: the next records' place is still in its processor's cache, and takes longer to come
        // than an event.
        if (Sse.IsSupported)
            Sse.Prefetch0(start + BytesAhead);
#endif
    }

    /// <summary>Takes back what was written from <paramref name="place"/> on: what follows a record must be zero until it is
    /// written.</summary>
    internal void Rewind(byte* place)
    {
        Unsafe.InitBlockUnaligned(place, 0, (uint)(RecordEnd - place));
        Cursor = place;
    }

    /// <summary>Gives the open record room in the thread's next chunk, if it is this one's end that it has come to.</summary>
    /// <returns>Whether it has moved there, so that there is room now.</returns>
    internal abstract bool MoveOn();

    /// <summary>Writes time and depth, or nothing where a reader knows them.</summary>
    /// <returns>The place behind them.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private byte* WriteMoment(byte* start, ref uint code, int depth, int untold, out uint extent, out long now)
    {
        now = Stopwatch.GetTimestamp();
        ulong since = (ulong)(now - Ticks);
        byte* cursor = start + (2 * sizeof(uint));
        if (since < RecordHead.TicksToState && depth == untold)
        {
            extent = (uint)since << RecordHead.DetailShift;
            return cursor;
        }

        extent = 0;
        code |= RecordHead.Stated;
        *(long*)cursor = now;
        *(int*)(cursor + sizeof(long)) = depth;
        return cursor + sizeof(long) + sizeof(int);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Open(byte* start, uint head)
    {
        _head = head;
        Begin(start);
    }

    /// <summary>The open record begins at a place. Values of fixed size are written without a look at how long it is by then: its end must
    /// be the nearer one of two.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Begin(byte* start)
    {
        RecordStart = start;
        byte* longest = start + TraceFormat.MaximumRecordSize;
        RecordEnd = longest < ChunkEnd ? longest : ChunkEnd;
    }
}
