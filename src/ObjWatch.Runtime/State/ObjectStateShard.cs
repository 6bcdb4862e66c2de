using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Recording;

namespace ObjWatch.State;

/// <summary>Some of the states of <see cref="ObjectStates"/>: a hash table that is read without a lock and changed under one.</summary>
/// <remarks>
/// Entries are only ever added to an array; what removes or moves them makes a new array. Handles are never freed, because a reader may be looking
/// through one, but used again for another object, and only after the array in which they stood has been replaced: by that the reader knows.
/// </remarks>
internal sealed class ObjectStateShard
{
    private const int SmallestSize = 16;

    private static readonly bool _readsInOrder = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    private readonly object _gate = new();
    private readonly Stack<GCHandle> _unusedHandles = new();
    private Entry[] _entries = new Entry[SmallestSize];
    private int _collections;

    /// <summary>How many states there are, with those of objects that are gone and have not been swept.</summary>
    public int Count { get; private set; }

    /// <summary>The state of an object; null also when it is being added or moved at this moment.</summary>
    public ObjectState? Find(object instance, int hash)
    {
        Entry[] entries = Volatile.Read(ref _entries);
        int mask = entries.Length - 1;
        for (int i = hash & mask; Volatile.Read(ref entries[i].State) is { } state; i = (i + 1) & mask)
        {
            if (entries[i].Hash != hash || !ReferenceEquals(entries[i].Handle.Target, instance))
                continue;
            if (!_readsInOrder)
                Thread.MemoryBarrier();
            return Volatile.Read(ref _entries) == entries ? state : null;
        }

        return null;
    }

    public ObjectState FindOrAdd(object instance, int hash, ulong identity)
    {
        using (new Hold(_gate))
        {
            if (Find(instance, hash) is { } present)
                return present;
            if (Count >= _entries.Length / 4 * 3)
                Replace();
            var state = new ObjectState(identity);
            Add(_entries, new Entry { Hash = hash, Handle = HandleTo(instance), State = state });
            Count++;
            return state;
        }
    }

    /// <summary>Removes the states of objects that are gone.</summary>
    public void Sweep()
    {
        using (new Hold(_gate))
            Replace();
    }

    private static void Add(Entry[] entries, in Entry entry)
    {
        int mask = entries.Length - 1;
        int i = entry.Hash & mask;
        while (entries[i].State != null)
            i = (i + 1) & mask;
        entries[i].Hash = entry.Hash;
        entries[i].Handle = entry.Handle;
        Volatile.Write(ref entries[i].State, entry.State);
    }

    private GCHandle HandleTo(object instance)
    {
        // Also while the object waits for its finalizer, it keeps its number.
        if (_unusedHandles.Count == 0)
            return GCHandle.Alloc(instance, GCHandleType.WeakTrackResurrection);
        GCHandle handle = _unusedHandles.Pop();
        handle.Target = instance;
        return handle;
    }

    /// <summary>Leaves out the objects that are gone, and makes room for as many again as are there.</summary>
    private void Replace()
    {
        Entry[] old = _entries;
        // Nothing has gone where nothing was collected.
        int collections = GC.CollectionCount(0);
        bool sweeps = collections != _collections;
        _collections = collections;
        var alive = new List<int>(Count);
        var gone = new List<GCHandle>();
        for (int i = 0; i < old.Length; i++)
        {
            if (old[i].State == null)
                continue;
            if (!sweeps || old[i].Handle.Target != null)
                alive.Add(i);
            else
                gone.Add(old[i].Handle);
        }

        // It shrinks slowly: a program that makes objects all the time will need the room again.
        int size = Math.Max(SmallestSize, old.Length / 2);
        while (size < 2 * (long)alive.Count)
            size *= 2;
        var entries = new Entry[size];
        foreach (int i in alive)
            Add(entries, old[i]);
        Count = alive.Count;
        Volatile.Write(ref _entries, entries);
        foreach (GCHandle handle in gone)
            _unusedHandles.Push(handle);
    }

    private struct Entry
    {
        public int Hash;
        public GCHandle Handle;
        public ObjectState? State;
    }
}
