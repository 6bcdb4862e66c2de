using System;
using System.ComponentModel;

namespace ObjWatch.Trace.Rendering;

/// <summary>Which format a file's name asks for.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class RenderFormats
{
    /// <summary>What a name may end in, for messages.</summary>
    public const string Endings = ".objwatch (text), .json, .trace.json (Chrome trace events), .xml";

    // The longer ending first: .trace.json ends in .json too.
    private static readonly (string Ending, RenderFormat Format)[] _endings =
    [
        (".objwatch", RenderFormat.Text),
        (".trace.json", RenderFormat.Chrome),
        (".json", RenderFormat.Json),
        (".xml", RenderFormat.Xml),
    ];

    /// <summary>The format of a file name.</summary>
    /// <param name="fileName">A name or a path.</param>
    /// <param name="ending">The ending that says so, as it stands in the name; empty where there is none.</param>
    /// <returns>The format, or <see langword="null"/> where the name asks for none.</returns>
    public static RenderFormat? Of(string fileName, out string ending)
    {
        foreach ((string known, RenderFormat format) in _endings)
        {
            if (!fileName.EndsWith(known, StringComparison.OrdinalIgnoreCase))
                continue;
            ending = fileName.Substring(fileName.Length - known.Length);
            return format;
        }

        ending = "";
        return null;
    }
}
