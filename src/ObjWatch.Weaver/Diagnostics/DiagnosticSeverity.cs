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
