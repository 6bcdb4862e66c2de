using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Cli.Tests;

/// <summary>docs/diagnostics.md has a section for each code of the command, and no other.</summary>
internal sealed class DiagnosticsDocumentTests
{
    private const string Codes = "OBJW10[0-9]{2}";

    [Test]
    public void Every_code_of_the_command_has_a_section_and_every_section_a_code() =>
        Assert.That(DiagnosticCodes.InDocument(Codes), Is.EquivalentTo(DiagnosticCodes.InSources(Codes, "ObjWatch.Cli")));
}
