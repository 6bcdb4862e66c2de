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

    /// <summary>What is remembered of collections in statics and locals, by the collection itself.</summary>
    private static readonly ConditionalWeakTable<object, ObjectState> _unowned = new();

    public static ObjectState? StateOf(ThreadRecorder recorder, object instance)
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
        if (state != null && collection is not (null or string or Array))
            Compare(recorder, state, site, memberKey, collection);
    }

    /// <summary>As the other, for a collection that no object owns.</summary>
    public static void Look(ThreadRecorder recorder, int site, int memberKey, object? collection)
    {
        if (collection is not (null or string or Array))
            Compare(recorder, null, site, memberKey, collection);
    }

    /// <summary>Notes the length of a collection that no object owns.</summary>
    public static void See(ThreadRecorder recorder, int memberKey, object? collection)
    {
        if (collection is null or string or Array)
            return;
        bool wasBusy = recorder.Busy;
        recorder.Busy = true;
        try
        {
            int length = TypeShape.Of(collection.GetType()).CountOf(collection);
            if (length >= 0)
                _unowned.GetValue(collection, static _ => new ObjectState(0)).Exchange(memberKey, collection, length, out int _);
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
    private static void Compare(ThreadRecorder recorder, ObjectState? state, int site, int memberKey, object collection)
    {
        bool wasBusy = recorder.Busy;
        recorder.Busy = true;
        try
        {
            TypeShape shape = TypeShape.Of(collection.GetType());
            state ??= _unowned.GetValue(collection, static _ => new ObjectState(0));
            int length = shape.CountOf(collection);
            if (length < 0 || !state.Exchange(memberKey, collection, length, out int before) || before == length)
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
