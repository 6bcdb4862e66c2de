using System;
using System.Runtime.CompilerServices;
using ObjWatch.Diagnostics;
using ObjWatch.State;
using ObjWatch.Trace;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>Writes what is said of collections that grew or shrank: Length.</summary>
internal static unsafe class LengthRecords
{
    private const int LengthFields = 28;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ObjectState? StateOf(ThreadRecorder recorder, object instance) =>
        (instance == null ? null : recorder.Identities.TryGetState(instance)) ?? FindState(recorder, instance);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ObjectState? FindState(ThreadRecorder recorder, object? instance)
    {
        bool wasBusy = recorder.Busy;
        recorder.Busy = true;
        try
        {
            return instance == null ? null : recorder.Identities.StateOf(instance);
        }
        catch (Exception failure)
        {
            ProbeFailures.Note(failure);
            return null;
        }
        finally
        {
            recorder.Busy = wasBusy;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Look(ThreadRecorder recorder, ObjectState? state, int site, int memberKey, object? collection)
    {
        if (state != null && collection != null)
            Compare(recorder, state, site, memberKey, collection);
    }

    /// <summary>Notes a collection's length without saying anything of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void See(ThreadRecorder recorder, ObjectState state, int memberKey, object collection)
    {
        bool wasBusy = recorder.Busy;
        recorder.Busy = true;
        try
        {
            int length = recorder.Shapes.Of(collection.GetType()).CountOf(collection);
            if (length >= 0)
                state.Exchange(memberKey, collection, length, out int _);
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

    private static void Compare(ThreadRecorder recorder, ObjectState state, int site, int memberKey, object collection)
    {
        // Most looks find what the last one saw. Neither this nor the count of a known collection can fail.
        if (recorder.Shapes.TryGet(collection.GetType()) is { } shape
            && (!shape.MayGrow || state.HasSeen(memberKey, collection, shape.CountOf(collection))))
        {
            return;
        }

        CompareOther(recorder, state, site, memberKey, collection);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void CompareOther(ThreadRecorder recorder, ObjectState state, int site, int memberKey, object collection)
    {
        SiteFlag flags = SiteFlags.Of(site);
        if (flags == SiteFlag.Off)
            return;
        bool wasBusy = recorder.Busy;
        recorder.Busy = true;
        try
        {
            TypeShape shape = recorder.Shapes.Of(collection.GetType());
            int length = shape.MayGrow ? shape.CountOf(collection) : -1;
            if (length < 0 || !state.Exchange(memberKey, collection, length, out int before) || before == length)
                return;
            if (flags != SiteFlag.On && !SpecialStores.Admits(site, flags))
                return;
            byte* start = recorder.Begin();
            if (start == null)
                return;
            *(int*)(start + 4) = site;
            *(ulong*)(start + 8) = state.Identity;
            *(int*)(start + 16) = before;
            *(int*)(start + 20) = length;
            *(int*)(start + 24) = shape.Number;
            recorder.Commit(start, start + LengthFields, RecordKind.Length);
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
