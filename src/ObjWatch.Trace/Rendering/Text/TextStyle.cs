using System;
using System.Collections.Generic;
using System.ComponentModel;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>How the text of a trace is to look. The trace says it itself, so that it looks the same whoever renders it.</summary>
/// <param name="Simple">Whether lines have neither time nor level in front.</param>
/// <param name="ModulePath">Whether methods show their namespace.</param>
/// <param name="ThreadIds">Whether lines show their thread once there are several.</param>
/// <param name="ObjectIds">Whether objects show their number.</param>
/// <param name="Level">The level in lines that show it.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record TextStyle(bool Simple, bool ModulePath, bool ThreadIds, bool ObjectIds, string Level)
{
    private const string Prefix = "option.";

    /// <summary>What the facts of a trace ask for.</summary>
    public static TextStyle Of(TraceDefinitions definitions)
    {
        var style = new TextStyle(true, true, true, true, "DEBUG");
        foreach (KeyValuePair<string, string> fact in definitions.Facts)
        {
            if (!fact.Key.StartsWith(Prefix, StringComparison.Ordinal))
                continue;
            bool wanted = !fact.Value.Equals("false", StringComparison.OrdinalIgnoreCase);
            style = fact.Key.Substring(Prefix.Length) switch
            {
                nameof(Simple) => style with { Simple = wanted },
                nameof(ModulePath) => style with { ModulePath = wanted },
                nameof(ThreadIds) => style with { ThreadIds = wanted },
                nameof(ObjectIds) => style with { ObjectIds = wanted },
                nameof(Level) =>
                    style with { Level = fact.Value.Equals("Information", StringComparison.OrdinalIgnoreCase) ? "INFO" : "DEBUG" },
                _ => style,
            };
        }

        return style;
    }
}
