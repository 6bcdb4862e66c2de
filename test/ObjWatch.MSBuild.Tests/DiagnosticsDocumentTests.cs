using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;

namespace ObjWatch.MSBuild.Tests;

/// <summary>docs/diagnostics.md has a section for each code of the build, which the help links lead to.</summary>
internal sealed partial class DiagnosticsDocumentTests
{
    [Test]
    public void Every_code_of_the_build_has_a_section_and_every_section_a_code()
    {
        string sources = Path.Combine(Repository.Root, "src", "ObjWatch.MSBuild");
        string[] files = [Path.Combine(sources, "build", "ObjWatch.targets"), .. Directory.GetFiles(sources, "*.cs")];
        string document = File.ReadAllText(Path.Combine(Repository.Root, "docs", "diagnostics.md"));

        var codes = files.SelectMany(file => Code().Matches(File.ReadAllText(file))).Select(match => match.Value).Distinct();
        var sections = Section().Matches(document).Select(match => match.Groups["code"].Value);

        Assert.That(sections, Is.EquivalentTo(codes));
    }

    [GeneratedRegex("OBJW06[0-9]{2}")]
    private static partial Regex Code();

    [GeneratedRegex("^### (?<code>OBJW06[0-9]{2})\r?$", RegexOptions.Multiline)]
    private static partial Regex Section();
}
