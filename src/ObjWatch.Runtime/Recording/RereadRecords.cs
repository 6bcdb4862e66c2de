using System;
using System.Runtime.CompilerServices;
using ObjWatch.Diagnostics;
using ObjWatch.State;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>Writes what is said of fields that are stored to through an address somebody keeps: Update, once the change is seen.</summary>
internal static class RereadRecords
{
    private static readonly ConditionalWeakTable<object, SeenFields> _objects = new();

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Look<T>(ThreadRecorder recorder, int site, int memberKey, object? owner, T value)
    {
        if (owner != null && Exchange(recorder, memberKey, owner, ref value, onlyIfSeen: false, out T before))
            StoreRecords.Update(recorder, site, owner, before, value);
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void Know<T>(ThreadRecorder recorder, int memberKey, object? owner, T value)
    {
        if (owner != null)
            Exchange(recorder, memberKey, owner, ref value, onlyIfSeen: true, out T _);
    }

    /// <summary>Remembers a value.</summary>
    /// <returns>Whether another one was seen before. Of two threads that look at once both may see the change.</returns>
    private static bool Exchange<T>(ThreadRecorder recorder, int memberKey, object owner, ref T value, bool onlyIfSeen, out T before)
    {
        before = value;
        bool wasBusy = recorder.Busy;
        recorder.Busy = true;
        try
        {
            if (!_objects.TryGetValue(owner, out SeenFields? fields))
            {
                if (onlyIfSeen)
                    return false;
                fields = _objects.GetValue(owner, static _ => new SeenFields());
            }

            if (fields.Find<T>(memberKey) is not { } seen)
            {
                if (!onlyIfSeen)
                    fields.Add(memberKey, value);
                return false;
            }

            before = seen.Value;
            seen.Value = value;
            return Change.Happened(ref before, ref value);
        }
        catch (Exception failure)
        {
            ProbeFailures.Note(failure);
            return false;
        }
        finally
        {
            recorder.Busy = wasBusy;
        }
    }
}
