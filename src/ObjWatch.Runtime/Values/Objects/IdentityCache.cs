using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ObjWatch.Recording;
using ObjWatch.Woven;

namespace ObjWatch.Values.Objects;

/// <summary>The identity of the object a thread met last, because the next event is most often about the same one.</summary>
/// <remarks>The object is held by a weak handle: tracing keeps nothing alive. A structure, so that a look is one step shorter.</remarks>
internal struct IdentityCache
{
    private GCHandle _last;
    private ObjectState? _state;
    private ulong _identity;

    /// <summary>A cache that remembers nothing yet.</summary>
    public static IdentityCache Create() => new() { _last = GCHandle.Alloc(null, GCHandleType.Weak) };

    /// <summary>Nobody uses it any more.</summary>
    public void Dispose() => _last.Free();

    /// <summary>Whether the object is the one met last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryGet(object instance, out ulong identity)
    {
        identity = _identity;
        return ReferenceEquals(_last.Target, instance);
    }

    /// <summary>The object's identity.</summary>
    public ulong Get(object instance) => TryGet(instance, out ulong identity) ? identity : Find(instance);

    /// <summary>The object's state, if it is the one met last.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public ObjectState? TryGetState(object instance) => ReferenceEquals(_last.Target, instance) ? _state : null;

    /// <summary>The object's state.</summary>
    public ObjectState StateOf(object instance)
    {
        if (!TryGet(instance, out _))
            Find(instance);
        return _state!;
    }

    /// <summary>Gives an object a number, unless it has one.</summary>
    public void Bind(object instance, long number) => Remember(instance, ObjectTable.Bind(instance, number));

    private ulong Find(object instance)
    {
        Remember(instance, ObjectTable.StateOf(instance));
        return _identity;
    }

    private void Remember(object instance, ObjectState state)
    {
        _last.Target = instance;
        _state = state;
        _identity = state.Identity;
    }
}
