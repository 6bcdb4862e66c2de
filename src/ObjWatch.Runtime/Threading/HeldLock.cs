using System.Threading;

namespace ObjWatch.Threading;

/// <summary>A lock held until it is disposed. Nothing breaks into the wait for it.</summary>
internal readonly ref struct HeldLock
{
    private readonly object _gate;

    public HeldLock(object gate)
    {
        _gate = gate;
        Uninterrupted.Enter(gate);
    }

    public void Dispose() => Monitor.Exit(_gate);
}
