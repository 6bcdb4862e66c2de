using ObjWatch.Recording;
using System;
using System.ComponentModel;
using ObjWatch.Hosting;

namespace ObjWatch.Woven;

/// <summary>Whether anything can be traced in this process at all.</summary>
/// <remarks>
/// A constant for the JIT: with <c>OBJWATCH=0</c> in the environment, optimised code holds nothing of what was woven into it.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class TracingGate
{
    /// <summary>
    /// False for the whole life of the process when the environment says <c>OBJWATCH=0</c> (or <c>false</c>, <c>no</c>, <c>off</c>), and in
    /// tools that load a program to look at it, unless it says <c>OBJWATCH=1</c> (or <c>true</c>, <c>yes</c>, <c>on</c>).
    /// </summary>
    public static readonly bool Open = !Says("0", "false", "no", "off")
        && (Says("1", "true", "yes", "on") || !DesignTimeHosts.Contain(TracedProgram.Name));

    /// <summary>Whether the environment says one of these words, in whatever case.</summary>
    internal static bool Says(params string[] words)
    {
        string said = Environment.GetEnvironmentVariable("OBJWATCH")?.Trim() ?? "";
        foreach (string word in words)
        {
            if (said.Equals(word, StringComparison.OrdinalIgnoreCase))
                return true;
        }

        return false;
    }
}
