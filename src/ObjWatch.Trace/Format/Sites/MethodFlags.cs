using System;
using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>What is special about a woven method.</summary>
[Flags]
[EditorBrowsable(EditorBrowsableState.Never)]
public enum MethodFlags : byte
{
    /// <summary>An instance method of a class that returns a value.</summary>
    None = 0,

    /// <summary>The method has no <c>this</c>.</summary>
    Static = 1,

    /// <summary>An instance constructor.</summary>
    Constructor = 2,

    /// <summary>The method returns nothing.</summary>
    ReturnsVoid = 4,

    /// <summary>No run or end: the method is woven only for the stores it holds.</summary>
    StoresOnly = 8,

    /// <summary>Its result must never be recorded.</summary>
    RedactedResult = 128,
}
