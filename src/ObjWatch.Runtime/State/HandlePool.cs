using System.Collections.Generic;
using System.Runtime.InteropServices;

namespace ObjWatch.State;

/// <summary>Weak handles, which are used again and never freed: somebody may be looking through one. Its owner takes care that one thread
/// at a time is in here.</summary>
internal sealed class HandlePool
{
    private readonly Stack<GCHandle> _unused = new();

    /// <summary>A handle to an object. Also while that waits for its finalizer, it is there.</summary>
    public GCHandle Take(object instance)
    {
        if (_unused.Count == 0)
            return GCHandle.Alloc(instance, GCHandleType.WeakTrackResurrection);
        GCHandle handle = _unused.Pop();
        handle.Target = instance;
        return handle;
    }

    /// <summary>A handle is not needed any more.</summary>
    public void Return(GCHandle handle) => _unused.Push(handle);
}
