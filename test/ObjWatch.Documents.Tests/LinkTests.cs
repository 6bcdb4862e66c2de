using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Documents.Tests;

/// <summary>Every link between the pages, and from a page to the code, leads somewhere.</summary>
/// <remarks>A source file that was moved keeps its name: with <c>WRITE_CODE_LINKS=1</c> links to it are written anew.</remarks>
internal sealed class LinkTests
{
    private static IEnumerable<Page> Pages => Page.All;

    [OneTimeSetUp]
    public void FollowWhatHasMoved()
    {
        if (Environment.GetEnvironmentVariable("WRITE_CODE_LINKS") != "1")
            return;
        ILookup<string, string> sources = new[] { "src", "test", "samples", "build" }
            .SelectMany(folder => Directory.EnumerateFiles(Repository.PathOf(folder), "*.*", SearchOption.AllDirectories))
            .Where(file =>
                !Path.GetRelativePath(Repository.Root, file).Split(Path.DirectorySeparatorChar).Any(part => part is "bin" or "obj"))
            .ToLookup(file => Path.GetFileName(file));
        foreach (Page page in Pages)
            Rewrite(page, sources);
    }

    [TestCaseSource(nameof(Pages))]
    public void Every_link_leads_to_a_file(Page page) =>
        Assert.That(page.Links.Where(link => !Path.Exists(page.FileOf(link))), Is.Empty,
            "links that lead nowhere (WRITE_CODE_LINKS=1 follows a file that has moved)");

    [TestCaseSource(nameof(Pages))]
    public void Every_link_to_a_heading_finds_it(Page page)
    {
        var lost = page.Links.Where(link => link.Contains('#', StringComparison.Ordinal) && File.Exists(page.FileOf(link)))
            .Where(link =>
                !Page.At(Path.GetRelativePath(Repository.Root, page.FileOf(link)).Replace('\\', '/')).Anchors.Contains(link.Split('#')[1]));

        Assert.That(lost, Is.Empty);
    }

    private static void Rewrite(Page page, ILookup<string, string> sources)
    {
        string text = File.ReadAllText(page.File);
        string written = text;
        foreach (string link in page.Links.Where(link => !Path.Exists(page.FileOf(link))))
        {
            string[] now = [.. sources[Path.GetFileName(link)]];
            if (now.Length == 1)
                written =
                    written.Replace($"]({link})",
                        $"]({Path.GetRelativePath(Path.GetDirectoryName(page.File)!, now[0]).Replace('\\', '/')})",
                        StringComparison.Ordinal);
        }

        if (written != text)
            File.WriteAllText(page.File, written);
    }
}
