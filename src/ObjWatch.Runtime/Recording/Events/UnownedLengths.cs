using System;
using System.Runtime.CompilerServices;
using ObjWatch.Recording.Guarding;
using ObjWatch.Woven;

namespace ObjWatch.Recording.Events;

/// <summary>The lengths of collections that no object owns, those in statics and locals: remembered by the collection itself.</summary>
internal static class UnownedLengths
{
    private static readonly ConditionalWeakTable<object, ObjectState> _states = new();

    /// <summary>Compares a collection's length with the one last seen.</summary>
    public static void Look(ThreadRecorder recorder, int site, int memberKey, object? collection)
    {
        if (collection is not (null or string or Array))
            LengthRecords.Look(recorder, StateOf(recorder, collection), site, memberKey, collection);
    }

    /// <summary>Notes a collection's length.</summary>
    public static void See(ThreadRecorder recorder, int memberKey, object? collection)
    {
        if (collection is not (null or string or Array) && StateOf(recorder, collection) is { } state)
            LengthRecords.See(recorder, state, memberKey, collection);
    }

    private static ObjectState? StateOf(ThreadRecorder recorder, object collection)
    {
        return _states.TryGetValue(collection, out ObjectState? state)
            ? state
            : ProbeGuard.Run(recorder, new NewState(collection), default(ObjectState));
    }

    /// <summary>Makes the state of a collection.</summary>
    private readonly struct NewState(object collection) : IGuardedWork<ObjectState?>
    {
        public ObjectState? Do(ThreadRecorder recorder) => _states.GetValue(collection, static _ => new ObjectState(0));
    }
}
