using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text;
using ObjWatch.Testing.Formats;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>The documents that are rendered from a trace, and what can be read in them.</summary>
internal static class Documents
{
    /// <summary>The formats besides text.</summary>
    public static readonly RenderFormat[] Structured = [RenderFormat.Json, RenderFormat.Xml, RenderFormat.Chrome];

    /// <summary>Renders a trace.</summary>
    public static byte[] Render(byte[] trace, RenderFormat format, RenderOptions? options = null)
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objtrace");
        File.WriteAllBytes(path, trace);
        try
        {
            using var reader = new TraceReader(path, growing: false);
            using var document = new MemoryStream();
            using TraceRendering rendering = TraceRendering.Create(reader, document, format, options ?? new RenderOptions());
            rendering.Complete();
            return document.ToArray();
        }
        finally
        {
            File.Delete(path);
        }
    }

    /// <summary>The text of a trace without its header, thread by thread.</summary>
    public static string[] TextByThread(byte[] trace) =>
        Strict(Render(trace, RenderFormat.Text, new RenderOptions { Header = false, ByThread = true }))
        .Split('\n', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The lines that the events of a document stand for, thread by thread.</summary>
    public static string[] Lines(byte[] document, RenderFormat format)
    {
        Strict(document);
        var lines = new List<string>();
        using var stream = new MemoryStream(document);
        switch (format)
        {
            case RenderFormat.Json:
                JsonTrace.Read(stream, lines.Add);
                break;
            case RenderFormat.Xml:
                XmlTrace.Read(stream, lines.Add);
                break;
            default:
                ChromeTrace.Read(stream, lines.Add);
                break;
        }

        return lines.ToArray();
    }

    /// <summary>Bytes that must be UTF-8.</summary>
    public static string Strict(byte[] document) => new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(document);

    /// <summary>The formats in which a trace does not hold the events of its text.</summary>
    public static IEnumerable<RenderFormat> Disagreeing(byte[] trace)
    {
        string[] expected = TextByThread(trace);
        return Structured.Where(format => !Lines(Render(trace, format), format).SequenceEqual(expected));
    }
}
