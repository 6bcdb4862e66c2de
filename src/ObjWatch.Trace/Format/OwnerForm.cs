using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>How a record says whose member changed.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OwnerForm : byte
{
    /// <summary>Nobody's: a static, or a local variable.</summary>
    None = 0,

    /// <summary>The last owner's.</summary>
    Same = 1,

    /// <summary>That of an object of the last owner's type, whose number is there.</summary>
    Near = 2,

    /// <summary>That of the object whose identity is there.</summary>
    Stated = 3,
}
