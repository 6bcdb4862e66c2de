using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ObjWatch.Recording;
using ObjWatch.Threading;
using ObjWatch.Woven;

namespace ObjWatch.State;

/// <summary>What was last seen of the collection in one member of one object.</summary>
/// <remarks>
/// Looked at without a lock, and changed to another collection under that of its <see cref="ObjectState"/>. Who looks meanwhile may see
/// some of the old and some of the new: then what he sees does not fit, or fits by chance a collection that he holds himself.
/// </remarks>
internal sealed class SeenLength
{
    /// <summary>Stands for what was seen in the members of an object that is gone.</summary>
    public static readonly SeenLength NoMore = new(int.MinValue, null);

    private static readonly HandlePool _handles = new();

    private GCHandle _collection;

    /// <param name="memberKey">Which member.</param>
    /// <param name="next">What was seen in the object's other members.</param>
    public SeenLength(int memberKey, SeenLength? next)
    {
        MemberKey = memberKey;
        Next = next;
    }

    /// <summary>Which member.</summary>
    public readonly int MemberKey;

    /// <summary>What was seen in the object's other members.</summary>
    public readonly SeenLength? Next;

    /// <summary>Counts the collection.</summary>
    public ElementCount Count = ElementCount.Untyped;

    /// <summary>Its number of elements when last seen.</summary>
    public int Length = -1;

    /// <summary>The number of its type.</summary>
    public int Type;

    /// <summary>Whether the collection is this one, and has as many elements as when it was last seen.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsAsSeen(object collection) => Holds(collection) && Length == Count.Of(collection);

    /// <summary>Whether the collection is this one. The state of a collection without an owner needs no handle: it is this one's
    /// own.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool Holds(object collection)
    {
        GCHandle handle = _collection;
        return !handle.IsAllocated || ReferenceEquals(handle.Target, collection);
    }

    /// <summary>Another collection stands in the member now.</summary>
    public void See(object collection, bool owned, int type, ElementCount count, int length)
    {
        if (owned && !_collection.IsAllocated)
        {
            using (new HeldLock(_handles))
                _collection = _handles.Take(collection);
        }
        else if (owned)
        {
            _collection.Target = collection;
        }

        Type = type;
        Length = length;
        Count = count;
    }

    /// <summary>The object is gone.</summary>
    public void Forget()
    {
        if (!_collection.IsAllocated)
            return;
        using (new HeldLock(_handles))
            _handles.Return(_collection);
        _collection = default;
    }
}
