using System;
using System.ComponentModel;

namespace ObjWatch.Trace.Selecting;

/// <summary>A target does not follow the grammar.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TargetSyntaxException : FormatException
{
    internal TargetSyntaxException(int column, string message)
        : base(message) => Column = column;

    /// <summary>Where, counted from one.</summary>
    public int Column { get; }
}
