namespace ObjWatch.Weaver.Diagnostics;

/// <summary>How grave a diagnostic is.</summary>
public enum DiagnosticSeverity
{
    /// <summary>Worth knowing; the assembly was woven as asked.</summary>
    Information,

    /// <summary>The assembly was woven, but not quite as the user may think.</summary>
    Warning,

    /// <summary>The assembly was not woven and is as it was.</summary>
    Error,
}

/// <summary>One thing the weaver has to say.</summary>
/// <param name="Code"><c>OBJW</c> and four digits; docs/diagnostics.md has a section for each.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Message">One sentence that says what is wrong and what to do.</param>
/// <param name="File">The file it is about, or <see langword="null"/>.</param>
/// <param name="Line">One-based line in <paramref name="File"/>, or 0.</param>
/// <param name="Column">One-based column in <paramref name="File"/>, or 0.</param>
public sealed record Diagnostic(
    string Code, DiagnosticSeverity Severity, string Message, string? File = null, int Line = 0, int Column = 0);
