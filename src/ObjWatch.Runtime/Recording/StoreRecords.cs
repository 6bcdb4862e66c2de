using System;
using System.Runtime.CompilerServices;
using ObjWatch.Diagnostics;
using ObjWatch.Trace.Format;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>Writes what is said of stores: Store, and Update where the values have no fixed size or there is more to say.</summary>
internal static unsafe class StoreRecords
{
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
            var form = OwnerForm.None;
            if (owner != null)
            {
                if (!recorder.Identities.TryGet(owner, out ulong identity) || identity != recorder.Owner)
                {
                    UpdateOther(recorder, start, site, owner, oldValue, newValue);
                    return;
                }

                form = OwnerForm.Same;
            }

            byte* end = Primitive.WritePair(start + sizeof(uint), oldValue, newValue, out ValueTag type);
            recorder.Commit(start, end, RecordHead.Of(StoreCode.Of(type, form), site));
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
            OwnerForm form = recorder.FormOf(identity);
            byte* values = recorder.StateOwner(start + sizeof(uint), identity, form);
            byte* end = Primitive.WritePair(values, oldValue, newValue, out ValueTag type);
            recorder.Commit(start, end, RecordHead.Of(StoreCode.Of(type, form), site));
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
            ulong identity = owner == null ? 0 : recorder.Identities.Get(owner);
            recorder.OpenChange(start, RecordKind.Update, site, identity, atCallersLine ? RecordHead.LineStated : 0);
            if (atCallersLine)
            {
                *(int*)recorder.Cursor = recorder.FrameCount == 0 ? 0 : recorder.Line;
                recorder.Cursor += sizeof(int);
            }

            if ((flags & (SiteFlag.Redacted | SiteFlag.Wrapped)) != 0)
            {
                SpecialStores.WriteValues(recorder, flags, oldValue, newValue);
            }
            else
            {
                ValueWriter.WriteGuarded(recorder, oldValue);
                ValueWriter.WriteGuarded(recorder, newValue);
            }

            recorder.Commit();
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
