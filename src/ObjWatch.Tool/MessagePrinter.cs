using System.IO;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool;

/// <summary>Prints diagnostics in the form that MSBuild and editors recognise: <c>file(line,column): error CODE: text</c>.</summary>
internal sealed class MessagePrinter
{
    private readonly TextWriter _output;
    private readonly TextWriter _error;

    public MessagePrinter(TextWriter output, TextWriter error)
    {
        _output = output;
        _error = error;
    }

    /// <summary>Prints a line of the result.</summary>
    public void Print(string line) => _output.WriteLine(line);

    /// <summary>Prints a diagnostic; one that only informs is part of the result.</summary>
    public void Print(Diagnostic diagnostic)
    {
        string origin = diagnostic.File ?? "objwatch-weave";
        string place = diagnostic.Line > 0 ? $"{origin}({diagnostic.Line},{diagnostic.Column})" : $"{origin} ";
        (TextWriter writer, string severity) = diagnostic.Severity switch
        {
            DiagnosticSeverity.Error => (_error, "error"),
            DiagnosticSeverity.Warning => (_error, "warning"),
            _ => (_output, "info"),
        };
        writer.WriteLine($"{place}: {severity} {diagnostic.Code}: {diagnostic.Message}");
    }
}
