using System.ComponentModel;

namespace ObjWatch.Trace.Options;

/// <summary>What the value of an option is.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum OptionKind
{
    /// <summary>Any text, or a list of texts.</summary>
    Text,

    /// <summary><c>true</c> or <c>false</c>.</summary>
    Truth,

    /// <summary>A whole number within limits.</summary>
    Number,

    /// <summary>One of some words.</summary>
    Choice,
}
