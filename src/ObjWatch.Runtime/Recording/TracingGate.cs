using System;
using System.ComponentModel;

namespace ObjWatch.Recording;

/// <summary>Whether anything can be traced in this process at all.</summary>
/// <remarks>
/// A constant for the JIT: with <c>OBJWATCH=0</c> in the environment, optimised code holds nothing of what was woven into it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TracingGate
{
    /// <summary>False for the whole life of the process when the environment says <c>OBJWATCH=0</c> (or <c>false</c>, or <c>off</c>).</summary>
    public static readonly bool Open = Environment.GetEnvironmentVariable("OBJWATCH")?.Trim() is not ("0" or "false" or "off");
}
