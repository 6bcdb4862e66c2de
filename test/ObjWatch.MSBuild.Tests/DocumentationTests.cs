using System;
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

    [Test]
    public void What_the_page_of_tests_names_exists()
    {
        ILookup<string, string> sources = Directory.EnumerateFiles(Repository.PathOf("test"), "*.*", SearchOption.AllDirectories)
            .Where(file => !Built().IsMatch(file)).ToLookup(file => Path.GetFileName(file));

        var missing = NamedTest().Matches(TestsPage).Where(name => !sources[name.Groups["class"].Value + ".cs"].Any(file => Holds(file, name.Groups["method"].Value))).Select(name => name.Value)
            .Concat(NamedFile().Matches(TestsPage).Select(name => name.Groups["file"].Value).Where(file => !sources[file].Any()));

        Assert.That(missing, Is.Empty);

        static bool Holds(string file, string method) => method.Length == 0 || File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal);
    }

    [Test]
    public void Each_row_of_the_page_of_tests_names_a_test_or_a_limit()
    {
        string[] rows = [.. TestsPage.Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal) && !line.EndsWith("| test, or limit |", StringComparison.Ordinal))];

        Assert.That(rows, Has.Length.GreaterThan(100));
        Assert.That(rows.Where(row => !NamedTest().IsMatch(LastCell(row)) && !NamedFile().IsMatch(LastCell(row)) && !Link().IsMatch(LastCell(row))), Is.Empty);

        static string LastCell(string row) => row.TrimEnd(' ', '|').Split(" | ")[^1];
    }

    private static string TestsPage => File.ReadAllText(Repository.PathOf("docs", "tested.md"));

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex Built();

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<method>\w+))?`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"`(?<file>\w+\.(cs|il|fs|vb))`")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"\]\((?!https?:|#)(?<path>[^)#]+)(#[^)]*)?\)")]
    private static partial Regex Link();
}
