using System;
using System.IO;
using System.Text;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>What a reader makes of the bytes of a trace.</summary>
internal sealed record Rendered(string Text, TraceDamage Damage, long Events)
{
    public string[] Lines => Text.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public static Rendered From(TraceBuilder trace) => From(trace.Build());

    public static Rendered From(byte[] trace)
    {
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objtrace");
        File.WriteAllBytes(path, trace);
        try
        {
            using var reader = new TraceReader(path, growing: false);
            using var text = new MemoryStream();
            var renderer = new TextRenderer(reader, text);
            new EventMerger(reader).Merge(renderer);
            renderer.Flush();
            return new Rendered(new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(text.ToArray()), reader.Damage,
                renderer.Events);
        }
        finally
        {
            File.Delete(path);
        }
    }
}
