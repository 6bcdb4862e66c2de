using System;
using System.Globalization;
using System.Linq;

namespace ObjWatch.Weaver.Diagnostics;

/// <summary>A kind of diagnostic: its code, how grave it is, and how its sentence reads.</summary>
/// <param name="Code"><c>OBJW</c> and four digits. Never changes its meaning and is never used again.</param>
/// <param name="Severity">How grave it is.</param>
/// <param name="Title">A few words: the heading of its section in docs/diagnostics.md.</param>
/// <param name="Message">The sentence, with <c>{0}</c> and so on for what is particular.</param>
public sealed record DiagnosticDescriptor(string Code, DiagnosticSeverity Severity, string Title, string Message)
{
    private static readonly char[] LineBreaks = ['\r', '\n'];

    /// <summary>One diagnostic of this kind about a file.</summary>
    public Diagnostic About(string? file, params object[] arguments) => At(file, 0, 0, arguments);

    /// <summary>One diagnostic of this kind about a place in a source file.</summary>
    public Diagnostic At(string? file, int line, int column, params object[] arguments)
    {
        // What the system says of an error may take several lines; whoever reads our messages line by line would take the rest for
        // something else.
        string message = string.Format(CultureInfo.InvariantCulture, Message, arguments);
        string[] lines = message.Split(LineBreaks, StringSplitOptions.RemoveEmptyEntries);
        return new Diagnostic(Code, Severity, string.Join(" ", lines.Select(part => part.Trim())), file, line, column);
    }
}
