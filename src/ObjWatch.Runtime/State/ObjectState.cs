using System.ComponentModel;

namespace ObjWatch.Recording;

/// <summary>What is remembered of one object: its identity and the last seen lengths of its collections.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class ObjectState
{
    internal ObjectState()
    {
    }
}
