using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.MSBuild.Tests;

/// <summary>The README and the pages in docs hang together.</summary>
internal sealed partial class DocumentationTests
{
    private static IEnumerable<string> Pages =>
        Directory.GetFiles(Repository.PathOf("docs"), "*.md").Select(file => "docs/" + Path.GetFileName(file)).Order().Append("README.md");

    [TestCaseSource(nameof(Pages))]
    public void Every_link_to_a_file_leads_to_one(string page)
    {
        string file = Repository.PathOf(page);
        string folder = Path.GetDirectoryName(file)!;

        var broken = Link().Matches(File.ReadAllText(file)).Select(match => match.Groups["path"].Value)
            .Where(path => !Path.Exists(Path.Combine(folder, path)));

        Assert.That(broken, Is.Empty);
    }

    [GeneratedRegex(@"\]\((?!https?:|#)(?<path>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
