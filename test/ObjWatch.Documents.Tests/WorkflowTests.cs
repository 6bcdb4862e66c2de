using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Documents.Tests;

/// <summary>The workflows do what people are told to do, and name what there is.</summary>
internal sealed partial class WorkflowTests
{
    private const string Solution = "${{ matrix.solution }}";

    private static IEnumerable<string> Workflows =>
        Directory.GetFiles(Repository.PathOf(".github", "workflows"), "*.yml").Select(file => Path.GetFileName(file));

    [TestCaseSource(nameof(Workflows))]
    public void Each_command_stands_in_a_page_for_people(string workflow)
    {
        string[] commands =
            [.. Command().Matches(Text(workflow))
                .Select(match => match.Groups["command"].Value.Replace(Solution, "ObjWatch.NoTorch.slnf", StringComparison.Ordinal))];
        string[] told =
            [.. new[] { "README.md", "CONTRIBUTING.md" }.SelectMany(page => Page.At(page).Text.Split('\n')).Select(line => line.Trim())];

        Assert.That(commands, Is.Not.Empty);
        Assert.That(commands.Except(told), Is.Empty);
    }

    [TestCaseSource(nameof(Workflows))]
    public void Each_file_that_is_named_exists(string workflow)
    {
        string[] files = [.. NamedFile().Matches(Text(workflow)).Select(match => match.Groups["file"].Value)];

        Assert.That(files, Is.Not.Empty);
        Assert.That(files.Where(file => !File.Exists(Repository.PathOf(file))), Is.Empty);
    }

    private static string Text(string workflow) =>
        File.ReadAllText(Repository.PathOf(".github", "workflows", workflow)).ReplaceLineEndings("\n");

    [GeneratedRegex(@"^ *(- )?run: (?<command>dotnet .*?) *$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex(@"(?<file>[\w.]+\.(slnf?|json)|\.ci/run|docs/[\w.]+)\b")]
    private static partial Regex NamedFile();
}
