using System.IO;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.MSBuild.Tests;

/// <summary>Traces among documents are known by how they begin, whatever their name.</summary>
internal sealed class TraceDocumentTests
{
    [TestCase("Nested.json")]
    [TestCase("Nested.trace.json")]
    [TestCase("Nested.xml")]
    public void What_ObjWatch_writes_is_a_trace(string golden) =>
        Assert.That(TraceDocument.Is(Repository.PathOf("test", "ObjWatch.Reading.Tests", "Golden", golden)), Is.True);

    [TestCase("")]
    [TestCase("{")]
    [TestCase("""{"Logging":{"LogLevel":{"Default":"Information"}}}""")]
    [TestCase("""{"ObjWatch":{"Targets":"MyApp"}}""", TestName = "The configuration of a program under this name")]
    [TestCase("""{"otherData":{"version":"1"},"traceEvents":[]}""", TestName = "Chrome's own")]
    [TestCase("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<Objects />")]
    public void Other_documents_are_not(string text)
    {
        using TemporaryDirectory folder = new();
        File.WriteAllText(folder["some.json"], text);

        Assert.That(TraceDocument.Is(folder["some.json"]), Is.False);
    }

    [Test]
    public void What_cannot_be_read_is_left_to_whoever_needs_it()
    {
        using TemporaryDirectory folder = new();
        Assert.That(TraceDocument.Is(folder["missing.json"]), Is.False);
        Assert.That(TraceDocument.Is(folder.Path), Is.False);
    }
}
