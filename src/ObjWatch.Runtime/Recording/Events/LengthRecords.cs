using System.Runtime.CompilerServices;
using System.Threading;
using ObjWatch.Recording.Guarding;
using ObjWatch.Recording.Sites;
using ObjWatch.State;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Shapes;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

/// <summary>Writes what is said of collections that grew or shrank: Length.</summary>
internal static unsafe class LengthRecords
{
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static ObjectState? StateOf(ThreadRecorder recorder, object instance) =>
        (instance == null ? null : recorder.Identities.TryGetState(instance)) ?? FindState(recorder, instance);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static ObjectState? FindState(ThreadRecorder recorder, object? instance) =>
        instance == null ? null : ProbeGuard.Run(recorder, new StateSearch(instance), default(ObjectState));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static void Look(ThreadRecorder recorder, ObjectState? state, int site, int memberKey, object? collection)
    {
        if (state == null || collection == null)
            return;
        // Most looks are at the only collection of an object, and find what the last one saw.
        SeenLength? seen = state.Lengths;
        if (seen == null || seen.MemberKey != memberKey || !seen.IsAsSeen(collection))
            Compare(recorder, state, site, memberKey, collection);
    }

    /// <summary>Notes a collection's length without saying anything of it.</summary>
    [MethodImpl(MethodImplOptions.NoInlining)]
    public static void See(ThreadRecorder recorder, ObjectState state, int memberKey, object collection) =>
        ProbeGuard.Run(recorder, new FirstLook(state, memberKey, collection), false);

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static void Compare(ThreadRecorder recorder, ObjectState state, int site, int memberKey, object collection)
    {
        if (state.Find(memberKey) is not { } seen || !seen.Holds(collection))
        {
            // What can never grow is not remembered.
            if (recorder.Shapes.TryGet(collection.GetType()) is not { Growing: null } && SiteFlags.Of(site) != SiteFlag.Off)
                See(recorder, state, memberKey, collection);
            return;
        }

        int before = Volatile.Read(ref seen.Length);
        int length = seen.Count.Of(collection);
        if (length == before || length < 0)
            return;
        SiteFlag flags = SiteFlags.Of(site);
        // Of two threads that look at once, one sees the change.
        if (flags == SiteFlag.Off || Interlocked.CompareExchange(ref seen.Length, length, before) != before)
            return;
        if (flags != SiteFlag.On && !FilteredStores.Admits(site, flags))
            return;
        byte* start = recorder.Begin();
        if (start == null)
            return;
        recorder.OpenChange(start, RecordKind.Length, site, state.Identity);
        int* fields = (int*)recorder.Cursor;
        fields[0] = before;
        fields[1] = length;
        fields[2] = seen.Type;
        recorder.Cursor = (byte*)(fields + 3);
        recorder.Commit();
    }

    /// <summary>Finds the state of an object.</summary>
    private readonly struct StateSearch(object instance) : IGuardedWork<ObjectState?>
    {
        public ObjectState? Do(ThreadRecorder recorder) => recorder.Identities.StateOf(instance);
    }

    /// <summary>Notes the length of a collection that has not been looked at before.</summary>
    private readonly struct FirstLook(ObjectState state, int memberKey, object collection) : IGuardedWork<bool>
    {
        public bool Do(ThreadRecorder recorder)
        {
            TypeShape shape = recorder.Shapes.Of(collection.GetType());
            int length = shape.Growing?.Of(collection) ?? -1;
            if (length < 0)
                return false;
            state.See(memberKey, collection, shape.Number, shape.Growing!, length);
            return true;
        }
    }
}
