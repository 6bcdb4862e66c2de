using System;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool;

/// <summary>Ends the weaving of one assembly with a diagnostic.</summary>
internal sealed class ToolException : Exception
{
    public ToolException(Diagnostic diagnostic)
        : base(diagnostic.Message) => Diagnostic = diagnostic;

    /// <summary>What to tell the user.</summary>
    public Diagnostic Diagnostic { get; }
}
