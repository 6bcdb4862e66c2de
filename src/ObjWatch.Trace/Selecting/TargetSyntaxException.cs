using System;

namespace ObjWatch.Trace.Selecting;

/// <summary>A target does not follow the grammar.</summary>
internal sealed class TargetSyntaxException : FormatException
{
    public TargetSyntaxException(int column, string message)
        : base(message) => Column = column;

    /// <summary>Where, counted from one.</summary>
    public int Column { get; }
}
