using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Recording;

namespace ObjWatch.State;

/// <summary>Some of the states of <see cref="ObjectStates"/>: a hash table that is read without a lock and changed under one.</summary>
/// <remarks>
/// A reader that meets a change may miss a state that is there, and then looks again under the lock. Handles are never freed, because a
/// reader may be looking through one, but given to another state; the one that has lost it knows that by an empty handle.
/// </remarks>
internal sealed class ObjectStateShard
{
    private const int FewestBuckets = 16;

    private readonly object _gate = new();
    private readonly Stack<GCHandle> _unusedHandles = new();
    private ObjectState?[] _buckets = new ObjectState?[FewestBuckets];
    private int _sweepAt = FewestBuckets;

    /// <summary>How many states there are, with those of objects that are gone and have not been swept.</summary>
    public int Count { get; private set; }

    /// <summary>The state of an object; null also when it is being added or moved at this moment.</summary>
    public ObjectState? Find(object instance, int hash)
    {
        ObjectState?[] buckets = Volatile.Read(ref _buckets);
        for (ObjectState? state = Volatile.Read(ref buckets[hash & (buckets.Length - 1)]); state != null; state = Volatile.Read(ref state.Next))
        {
            if (state.Hash == hash && state.IsOf(instance))
                return state;
        }

        return null;
    }

    public ObjectState FindOrAdd(object instance, int hash, ulong identity)
    {
        using (new Hold(_gate))
        {
            if (Find(instance, hash) is { } present)
                return present;
            if (Count >= _sweepAt)
                SweepAndGrow();
            GCHandle handle;
            if (_unusedHandles.Count > 0)
            {
                handle = _unusedHandles.Pop();
                handle.Target = instance;
            }
            else
            {
                // Also while the object waits for its finalizer, it keeps its number.
                handle = GCHandle.Alloc(instance, GCHandleType.WeakTrackResurrection);
            }

            var state = new ObjectState(identity, handle, hash);
            Link(_buckets, state);
            Count++;
            return state;
        }
    }

    /// <summary>Removes the states of objects that are gone.</summary>
    public void Sweep()
    {
        using (new Hold(_gate))
            SweepAndGrow();
    }

    private static void Link(ObjectState?[] buckets, ObjectState state)
    {
        ref ObjectState? bucket = ref buckets[state.Hash & (buckets.Length - 1)];
        Volatile.Write(ref state.Next, bucket);
        Volatile.Write(ref bucket, state);
    }

    /// <summary>Leaves room for as many states again as are alive.</summary>
    private void SweepAndGrow()
    {
        for (int i = 0; i < _buckets.Length; i++)
            SweepBucket(ref _buckets[i]);
        int size = FewestBuckets;
        while (size < Count)
            size *= 2;
        _sweepAt = 2 * size;
        if (size == _buckets.Length)
            return;
        var buckets = new ObjectState?[size];
        foreach (ObjectState? first in _buckets)
        {
            for (ObjectState? state = first; state != null;)
            {
                ObjectState? next = state.Next;
                Link(buckets, state);
                state = next;
            }
        }

        Volatile.Write(ref _buckets, buckets);
    }

    private void SweepBucket(ref ObjectState? link)
    {
        ref ObjectState? place = ref link;
        while (place is { } state)
        {
            if (state.IsAlive)
            {
                place = ref state.Next;
                continue;
            }

            Volatile.Write(ref place, state.Next);
            _unusedHandles.Push(state.TakeHandle());
            Count--;
        }
    }
}
