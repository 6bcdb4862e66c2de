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
    /// <summary>False for the whole life of the process when the environment says <c>OBJWATCH=0</c> (or <c>false</c>, <c>no</c>, <c>off</c>).</summary>
    public static readonly bool Open = Word is not ("0" or "FALSE" or "NO" or "OFF");

    /// <summary>What the environment says.</summary>
    internal static string Word => Environment.GetEnvironmentVariable("OBJWATCH")?.Trim().ToUpperInvariant() ?? "";
}
