using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Recording;
using ObjWatch.Woven;

namespace ObjWatch.State;

/// <summary>
/// The states of objects, by identity hash; each holds its object by a weak handle. A garbage collection of the youngest generation looks
/// only at the handles of young objects, so that a million old ones cost it nothing.
/// </summary>
/// <remarks>Looking up takes no lock. States of objects that are gone are removed when a shard is about to grow, and after each full
/// collection.</remarks>
internal sealed class ObjectStates
{
    private const int ShardCount = 16;
    private const int ShardBits = 4;

    private readonly ObjectStateShard[] _shards = new ObjectStateShard[ShardCount];
    private long _lastNumber;

    public ObjectStates()
    {
        for (int i = 0; i < _shards.Length; i++)
            _shards[i] = new ObjectStateShard();
        _ = new SweepAfterFullCollection(this);
    }

    /// <summary>How many states there are, with those of objects that are gone and have not been swept.</summary>
    public int Count
    {
        get
        {
            int count = 0;
            foreach (ObjectStateShard shard in _shards)
                count += shard.Count;
            return count;
        }
    }

    /// <summary>A number no object has had.</summary>
    public long NextNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>The state of an object, if it has been found; one that was added a moment ago may be missed.</summary>
    public ObjectState? Find(object instance)
    {
        int hash = RuntimeHelpers.GetHashCode(instance);
        return _shards[hash & (ShardCount - 1)].Find(instance, hash >> ShardBits);
    }

    /// <summary>The state of an object, which gets this identity if it has none.</summary>
    public ObjectState FindOrAdd(object instance, ulong identity)
    {
        int hash = RuntimeHelpers.GetHashCode(instance);
        return _shards[hash & (ShardCount - 1)].FindOrAdd(instance, hash >> ShardBits, identity);
    }

    /// <summary>Removes the states of objects that are gone.</summary>
    public void Sweep()
    {
        foreach (ObjectStateShard shard in _shards)
            shard.Sweep();
    }

    /// <summary>Garbage from its birth: its finalizer runs after a collection, and lets it live on until the next full one.</summary>
    private sealed class SweepAfterFullCollection
    {
        // Not a WeakReference: that one's own finalizer may come first.
        private GCHandle _states;
        private int _fullCollections;

        public SweepAfterFullCollection(ObjectStates states) => _states = GCHandle.Alloc(states, GCHandleType.Weak);

        ~SweepAfterFullCollection()
        {
            if (_states.Target is not ObjectStates states)
            {
                _states.Free();
                return;
            }

            int fullCollections = GC.CollectionCount(GC.MaxGeneration);
            if (fullCollections != _fullCollections)
                states.Sweep();
            _fullCollections = fullCollections;
            GC.ReRegisterForFinalize(this);
        }
    }
}
