using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.RegularExpressions;
using NUnit.Framework;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver.Tests.Diagnostics;

/// <summary>docs/diagnostics.md and the codes of the weaver say the same.</summary>
public sealed class DiagnosticsDocumentTests
{
    private static readonly string Document = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "diagnostics.md"));

    private static IEnumerable<DiagnosticDescriptor> All => Codes.All;

    [Test]
    public void Every_code_has_a_section_and_every_section_a_code()
    {
        IEnumerable<string> sections = Regex.Matches(Document, "^### (OBJW0[0-9]+)\r?$", RegexOptions.Multiline)
            .Select(match => match.Groups[1].Value)
            .Where(code => !code.StartsWith("OBJW06", StringComparison.Ordinal)); // said by the build, and tested with it
        Assert.That(sections, Is.EqualTo(All.Select(descriptor => descriptor.Code)));
    }

    [TestCaseSource(nameof(All))]
    public void A_section_begins_with_severity_and_title(DiagnosticDescriptor descriptor)
    {
        string beginning = $"### {descriptor.Code}\n\n**{descriptor.Severity}: {descriptor.Title}.** ";
        Assert.That(Document.ReplaceLineEndings("\n"), Does.Contain(beginning));
    }

    [Test]
    public void No_code_is_used_twice() => Assert.That(All.Select(descriptor => descriptor.Code), Is.Unique);
}
