using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.MSBuild.Tests;

/// <summary>docs/diagnostics.md has a section for each code of the build, which the help links lead to.</summary>
internal sealed class DiagnosticsDocumentTests
{
    private const string Codes = "OBJW06[0-9]{2}";

    [Test]
    public void Every_code_of_the_build_has_a_section_and_every_section_a_code() =>
        Assert.That(DiagnosticCodes.InDocument(Codes), Is.EquivalentTo(DiagnosticCodes.InSources(Codes, "ObjWatch.MSBuild")));
}
