using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Runtime.Tests;

/// <summary>docs/diagnostics.md has a section for each code that a traced program may say, and no other.</summary>
public sealed class DiagnosticsDocumentTests
{
    private const string Codes = "OBJW11[0-9]{2}";

    [Test]
    public void Every_code_of_a_traced_program_has_a_section_and_every_section_a_code() =>
        Assert.That(DiagnosticCodes.InDocument(Codes),
            Is.EquivalentTo(DiagnosticCodes.InSources(Codes, "ObjWatch.Runtime", "ObjWatch.TorchSharp")));
}
