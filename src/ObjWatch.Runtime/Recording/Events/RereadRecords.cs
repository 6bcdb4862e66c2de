using System.Runtime.CompilerServices;
using ObjWatch.Recording.Guarding;
using ObjWatch.State;
using ObjWatch.Values;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

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
        (bool changed, before) = ProbeGuard.Run(recorder, new Looking<T>(memberKey, owner, value, onlyIfSeen), (false, value));
        return changed;
    }

    /// <summary>Looks at a field, and at what was last seen in it.</summary>
    private readonly struct Looking<T>(int memberKey, object owner, T value, bool onlyIfSeen) : IGuardedWork<(bool Changed, T Before)>
    {
        public (bool Changed, T Before) Do(ThreadRecorder recorder)
        {
            if (!_objects.TryGetValue(owner, out SeenFields? fields))
            {
                if (onlyIfSeen)
                    return (false, value);
                fields = _objects.GetValue(owner, static _ => new SeenFields());
            }

            if (fields.Find<T>(memberKey) is not { } seen)
            {
                if (!onlyIfSeen)
                    fields.Add(memberKey, value);
                return (false, value);
            }

            T before = seen.Value;
            T now = value;
            seen.Value = now;
            return (Change.Happened(ref before, ref now), before);
        }
    }
}
