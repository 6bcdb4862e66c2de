using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace ObjWatch.Cli.Tests;

/// <summary>docs/diagnostics.md has a section for each code of the command, and no other.</summary>
internal sealed partial class DiagnosticsDocumentTests
{
    private static string Root([CallerFilePath] string here = "") => Path.GetFullPath(Path.Combine(here, "../../.."));

    [Test]
    public void Every_code_of_the_command_has_a_section_and_every_section_a_code()
    {
        string[] sources = Directory.GetFiles(Path.Combine(Root(), "src", "ObjWatch.Cli"), "*.cs");
        string document = File.ReadAllText(Path.Combine(Root(), "docs", "diagnostics.md"));

        var codes = sources.SelectMany(file => Code().Matches(File.ReadAllText(file))).Select(match => match.Value).Distinct();
        var sections = Section().Matches(document).Select(match => match.Groups["code"].Value);

        Assert.That(sections, Is.EquivalentTo(codes));
    }

    [GeneratedRegex("OBJW10[0-9]{2}")]
    private static partial Regex Code();

    [GeneratedRegex("^### (?<code>OBJW10[0-9]{2})\r?$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
