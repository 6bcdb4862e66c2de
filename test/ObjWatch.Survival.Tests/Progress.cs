using System;
using System.IO;
using System.IO.MemoryMappedFiles;
using System.Linq;
using System.Threading;

namespace ObjWatch.Survival.Tests;

/// <summary>How far each thread says it is, in a mapped file: what was stored there outlives the process, whatever ends it.</summary>
internal sealed unsafe class Progress : IDisposable
{
    /// <summary>How many threads may report.</summary>
    public const int Slots = 64;

    // A cache line each, so that threads do not wait for each other.
    private const int SlotSize = 64;

    private readonly MemoryMappedFile _file;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _address;

    public Progress(string path)
    {
        _file = MemoryMappedFile.CreateFromFile(path, FileMode.OpenOrCreate, null, Slots * SlotSize);
        _view = _file.CreateViewAccessor();
        _view.SafeMemoryMappedViewHandle.AcquirePointer(ref _address);
    }

    /// <summary>The number of the last event that a thread has got past.</summary>
    public int this[int slot]
    {
        get => Volatile.Read(ref *(int*)(_address + slot * SlotSize));
        set => Volatile.Write(ref *(int*)(_address + slot * SlotSize), value);
    }

    /// <summary>How many events all threads have got past.</summary>
    public long Total => Enumerable.Range(0, Slots).Sum(slot => (long)this[slot]);

    /// <summary>All slots at this moment.</summary>
    public int[] Snapshot() => [.. Enumerable.Range(0, Slots).Select(slot => this[slot])];

    /// <summary>Waits until so many events have been got past, or it is over anyway.</summary>
    public void WaitFor(long total, Func<bool> over)
    {
        while (Total < total && !over())
            Thread.Yield();
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _file.Dispose();
    }
}
