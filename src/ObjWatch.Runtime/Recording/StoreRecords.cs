using System;
using System.Runtime.CompilerServices;
using ObjWatch.Diagnostics;
using ObjWatch.Trace.Format;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>Writes what is said of stores: Update and UpdateAtLine.</summary>
internal static unsafe class StoreRecords
{
    private const int UpdateFields = 16;
    private const int UpdateAtLineFields = 20;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Update<T>(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue)
    {
        if (Primitive.Is<T>())
        {
            if (Change.SameBits(ref oldValue, ref newValue))
                return;
            if (SiteFlags.Of(site) != SiteFlag.On)
            {
                Write(recorder, site, owner, oldValue, newValue, atCallersLine: false);
                return;
            }

            byte* start = recorder.Begin();
            if (start == null)
                return;
            ulong identity = 0;
            if (owner != null && !recorder.Identities.TryGet(owner, out identity))
            {
                UpdateOther(recorder, start, site, owner, oldValue, newValue);
                return;
            }

            *(int*)(start + 4) = site;
            *(ulong*)(start + 8) = identity;
            recorder.Commit(
                start, Primitive.Write(Primitive.Write(start + UpdateFields, oldValue), newValue), RecordKind.Update);
        }
        else if (Change.Happened(ref oldValue, ref newValue))
        {
            Write(recorder, site, owner, oldValue, newValue, atCallersLine: false);
        }
    }

    public static void UpdateProperty<T>(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue)
    {
        if (Change.Happened(ref oldValue, ref newValue))
            Write(recorder, site, owner, oldValue, newValue, atCallersLine: true);
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void UpdateReference(
        ThreadRecorder recorder, int site, object? owner, object? oldValue, object? newValue, bool atCallersLine)
    {
        if (!ReferenceEquals(oldValue, newValue) && Change.OfReference(oldValue, newValue))
            Write(recorder, site, owner, oldValue, newValue, atCallersLine);
    }

    /// <summary>As <see cref="Update"/>, for another object than the thread met last.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void UpdateOther<T>(ThreadRecorder recorder, byte* start, int site, object owner, T oldValue, T newValue)
    {
        bool wasBusy = recorder.Busy;
        // Until the record is complete: the look for the object may wait for a lock.
        recorder.Busy = true;
        try
        {
            ulong identity = recorder.Identities.Get(owner);
            *(int*)(start + 4) = site;
            *(ulong*)(start + 8) = identity;
            recorder.Commit(start, Primitive.Write(Primitive.Write(start + UpdateFields, oldValue), newValue), RecordKind.Update);
        }
        catch (Exception failure)
        {
            ProbeFailures.Note(failure);
        }
        finally
        {
            recorder.Busy = wasBusy;
        }
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Write<T>(ThreadRecorder recorder, int site, object? owner, T oldValue, T newValue, bool atCallersLine)
    {
        SiteFlag flags = SiteFlags.Of(site);
        if (flags != SiteFlag.On && !SpecialStores.Admits(site, flags))
            return;
        byte* start = recorder.Begin();
        if (start == null)
            return;
        bool wasBusy = recorder.Busy;
        recorder.Busy = true;
        try
        {
            *(int*)(start + 4) = site;
            *(ulong*)(start + 8) = owner == null ? 0 : recorder.Identities.Get(owner);
            if (atCallersLine)
                *(int*)(start + 16) = recorder.FrameCount == 0 ? 0 : recorder.Line;
            recorder.Open(start, start + (atCallersLine ? UpdateAtLineFields : UpdateFields));
            if ((flags & (SiteFlag.Redacted | SiteFlag.Wrapped)) != 0)
            {
                SpecialStores.WriteValues(recorder, flags, oldValue, newValue);
            }
            else
            {
                ValueWriter.WriteGuarded(recorder, oldValue);
                ValueWriter.WriteGuarded(recorder, newValue);
            }

            recorder.Commit(start, recorder.Cursor, atCallersLine ? RecordKind.UpdateAtLine : RecordKind.Update);
        }
        catch (Exception failure)
        {
            ProbeFailures.Note(failure);
        }
        finally
        {
            recorder.Busy = wasBusy;
        }
    }
}
