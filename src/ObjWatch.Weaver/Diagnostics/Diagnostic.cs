namespace ObjWatch.Weaver.Diagnostics;

/// <summary>One thing the weaver has to say.</summary>
/// <param name="Code"><c>OBJW</c> and four digits; docs/diagnostics.md has a section for each.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Message">One sentence that says what is wrong and what to do.</param>
/// <param name="File">The file it is about, or <see langword="null"/>.</param>
/// <param name="Line">One-based line in <paramref name="File"/>, or 0.</param>
/// <param name="Column">One-based column in <paramref name="File"/>, or 0.</param>
public sealed record Diagnostic(
    string Code, DiagnosticSeverity Severity, string Message, string? File = null, int Line = 0, int Column = 0);
