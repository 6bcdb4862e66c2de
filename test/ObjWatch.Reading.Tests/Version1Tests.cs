using System.IO;
using System.IO.Compression;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Trace.Rendering;

namespace ObjWatch.Reading.Tests;

/// <summary>Traces of version 1 of the format read as they did when that version was the newest.</summary>
/// <remarks>
/// The files of the folder Version1 were written and rendered by the last build that wrote that version, and nothing can write them again.
/// What the program Tour does stands in <c>Tour.cs.txt</c>: once as usual, once with options and a rank, once with a ring that turned, and
/// once killed in the midst of calls. Everything is <see cref="Traces.Everything"/> of that time.
/// </remarks>
[TestFixture]
internal sealed class Version1Tests
{
    private static readonly string[] _traces = ["Quickstart", "Everything", "Tour", "Options", "Ring", "Killed"];

    [Test]
    public void A_trace_of_version_1_reads_as_it_always_did(
        [ValueSource(nameof(_traces))] string name,
        [Values(RenderFormat.Text, RenderFormat.Json, RenderFormat.Xml, RenderFormat.Chrome)] RenderFormat format)
    {
        string extension = format switch
            { RenderFormat.Text => ".objwatch", RenderFormat.Json => ".json", RenderFormat.Xml => ".xml", _ => ".trace.json" };
        string document = Documents.Strict(Documents.Render(Content(name + ".objtrace"), format));
        Assert.That(document, Is.EqualTo(Documents.Strict(Content(name + extension))));
    }

    [Test]
    public void A_trace_of_version_1_has_no_damage([ValueSource(nameof(_traces))] string name)
    {
        Rendered rendered = Rendered.From(Content(name + ".objtrace"));
        Assert.Multiple(() =>
        {
            Assert.That(rendered.Damage.Describe(), Is.Empty);
            Assert.That(rendered.Events, Is.Positive);
        });
    }

    /// <summary>A file of the folder; what is large lies there compressed.</summary>
    private static byte[] Content(string name)
    {
        string path = Repository.PathOf("test", "ObjWatch.Reading.Tests", "Version1", name);
        if (File.Exists(path))
            return File.ReadAllBytes(path);
        using FileStream compressed = File.OpenRead(path + ".gz");
        using var content = new MemoryStream();
        using (var stream = new GZipStream(compressed, CompressionMode.Decompress))
            stream.CopyTo(content);
        return content.ToArray();
    }
}
