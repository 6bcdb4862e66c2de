using System.Collections.Generic;
using ObjWatch.Threading;

namespace ObjWatch.State;

/// <summary>What was last seen in the fields of one object whose addresses are kept somewhere.</summary>
/// <remarks>A value that such a field had stays reachable until the field is looked at again, or the object is gone.</remarks>
internal sealed class SeenFields
{
    private readonly List<(int MemberKey, object Field)> _fields = [];

    /// <summary>What was last seen in a field, or <see langword="null"/> if nothing was.</summary>
    public SeenField<T>? Find<T>(int memberKey)
    {
        using (new HeldLock(_fields))
        {
            foreach ((int key, object field) in _fields)
            {
                if (key == memberKey)
                    return field as SeenField<T>;
            }

            return null;
        }
    }

    /// <summary>Notes what is in a field for the first time.</summary>
    public void Add<T>(int memberKey, T value)
    {
        using (new HeldLock(_fields))
            _fields.Add((memberKey, new SeenField<T> { Value = value }));
    }
}
