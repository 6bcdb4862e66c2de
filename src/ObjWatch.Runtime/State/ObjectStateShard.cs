using System;
using System.Collections.Generic;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Recording;
using ObjWatch.Threading;
using ObjWatch.Woven;

namespace ObjWatch.State;

/// <summary>Some of the states of <see cref="ObjectStates"/>: a hash table that is read without a lock and changed under one.</summary>
/// <remarks>
/// Entries are only ever added to an array; what removes or moves them makes a new array. Handles are never freed, because a reader may be
/// looking through one, but used again for another object, and only after the array in which they stood has been replaced: by that the
/// reader knows.
/// </remarks>
internal sealed class ObjectStateShard
{
    private const int SmallestSize = 16;

    private static readonly bool _readsInOrder = RuntimeInformation.ProcessArchitecture is Architecture.X64 or Architecture.X86;

    private readonly object _gate = new();
    private readonly HandlePool _handles = new();
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
        using (new HeldLock(_gate))
        {
            // Linear probing is slow in a table that is nearly full.
            if (Count >= _entries.Length / 8 * 5)
                Replace();
            Entry[] entries = _entries;
            int place = hash & (entries.Length - 1);
            for (; entries[place].State is { } present; place = (place + 1) & (entries.Length - 1))
            {
                if (entries[place].Hash == hash && ReferenceEquals(entries[place].Handle.Target, instance))
                    return present;
            }

            var state = new ObjectState(identity);
            Fill(ref entries[place], hash, _handles.Take(instance), state);
            Count++;
            return state;
        }
    }

    /// <summary>Removes the states of objects that are gone.</summary>
    public void Sweep()
    {
        using (new HeldLock(_gate))
            Replace();
    }

    private static void Add(Entry[] entries, in Entry entry)
    {
        int mask = entries.Length - 1;
        int place = entry.Hash & mask;
        while (entries[place].State != null)
            place = (place + 1) & mask;
        Fill(ref entries[place], entry.Hash, entry.Handle, entry.State!);
    }

    /// <summary>The state comes last: who sees it sees the rest.</summary>
    private static void Fill(ref Entry entry, int hash, GCHandle handle, ObjectState state)
    {
        entry.Hash = hash;
        entry.Handle = handle;
        Volatile.Write(ref entry.State, state);
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
        var gone = new List<Entry>();
        for (int i = 0; i < old.Length; i++)
        {
            if (old[i].State == null)
                continue;
            if (!sweeps || old[i].Handle.Target != null)
                alive.Add(i);
            else
                gone.Add(old[i]);
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
        foreach (Entry entry in gone)
        {
            entry.State!.Forget();
            _handles.Return(entry.Handle);
        }
    }

    private struct Entry
    {
        public int Hash;
        public GCHandle Handle;
        public ObjectState? State;
    }
}
