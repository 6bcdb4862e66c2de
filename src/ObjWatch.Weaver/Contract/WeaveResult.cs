using System.Collections.Generic;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver;

/// <summary>The result of weaving one assembly.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Diagnostics">What there is to say, in the order found.</param>
/// <param name="Methods">Every method with a body, in metadata order, and what was done with it.</param>
public sealed record WeaveResult(
    WeaveOutcome Outcome, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<MethodReport> Methods);
