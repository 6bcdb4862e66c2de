using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>Where a member's state lives.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum MemberKind : byte
{
    /// <summary>In an object: rendered <c>Type.field</c>.</summary>
    Instance = 0,

    /// <summary>In a static field: rendered <c>@.Type.field</c>.</summary>
    Static = 1,

    /// <summary>In a local variable: rendered <c>_.name</c>.</summary>
    Local = 2,
}
