using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>Which probe stands at a site.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum SiteKind : byte
{
    /// <summary>The method itself: run and end.</summary>
    Method = 0,

    /// <summary>A store to a member: upd.</summary>
    Store = 1,

    /// <summary>A look at a collection's length: apd and pop.</summary>
    Length = 2,
}
