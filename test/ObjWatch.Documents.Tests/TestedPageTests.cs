using System;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Documents.Tests;

/// <summary>docs/tested.md names tests and files that exist.</summary>
internal sealed partial class TestedPageTests
{
    private static string TestsPage => Page.At("docs/tested.md").Text;

    [Test]
    public void What_the_page_of_tests_names_exists()
    {
        ILookup<string, string> sources = Directory.EnumerateFiles(Repository.PathOf("test"), "*.*", SearchOption.AllDirectories)
            .Where(file => !Built().IsMatch(file)).ToLookup(file => Path.GetFileName(file));

        var missing = NamedTest().Matches(TestsPage)
            .Where(name => !sources[name.Groups["class"].Value + ".cs"].Any(file => Holds(file, name.Groups["method"].Value)))
            .Select(name => name.Value)
            .Concat(NamedFile().Matches(TestsPage).Select(name => name.Groups["file"].Value).Where(file => !sources[file].Any()));

        Assert.That(missing, Is.Empty);

        static bool Holds(string file, string method) =>
            method.Length == 0 || File.ReadAllText(file).Contains($" {method}(", StringComparison.Ordinal);
    }

    [Test]
    public void Each_row_of_the_page_of_tests_names_a_test_or_a_limit()
    {
        string[] rows =
        [
            .. TestsPage.Split('\n')
                .Where(line => line.StartsWith("| ", StringComparison.Ordinal)
                    && !line.EndsWith("| test, or limit |", StringComparison.Ordinal)),
        ];

        Assert.That(rows, Has.Length.GreaterThan(100));
        Assert.That(
            rows.Where(row => !NamedTest().IsMatch(LastCell(row)) && !NamedFile().IsMatch(LastCell(row)) && !Link().IsMatch(LastCell(row))),
            Is.Empty);

        static string LastCell(string row) => row.TrimEnd(' ', '|').Split(" | ")[^1];
    }

    [GeneratedRegex(@"[/\\](bin|obj)[/\\]")]
    private static partial Regex Built();

    [GeneratedRegex(@"`(?<class>\w+Tests)(\.(?<method>\w+))?`")]
    private static partial Regex NamedTest();

    [GeneratedRegex(@"`(?<file>\w+\.(cs|il|fs|vb))`")]
    private static partial Regex NamedFile();

    [GeneratedRegex(@"\]\((?!https?:)[^)]+\)")]
    private static partial Regex Link();
}
