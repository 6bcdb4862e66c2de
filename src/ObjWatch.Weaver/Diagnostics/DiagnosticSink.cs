using System.Collections.Generic;

namespace ObjWatch.Weaver.Diagnostics;

/// <summary>Collects what the steps of one weaving have to say, in the order found.</summary>
internal sealed class DiagnosticSink
{
    private readonly List<Diagnostic> _items = new();
    private readonly HashSet<Diagnostic> _seen = new();

    /// <summary>Everything said so far.</summary>
    public IReadOnlyList<Diagnostic> Items => _items;

    /// <summary>Whether there is an error among it: nothing may be written.</summary>
    public bool HasErrors { get; private set; }

    /// <summary>Takes a diagnostic; the same one twice is said once.</summary>
    public void Add(Diagnostic diagnostic)
    {
        if (!_seen.Add(diagnostic))
            return;
        _items.Add(diagnostic);
        HasErrors |= diagnostic.Severity == DiagnosticSeverity.Error;
    }

    /// <summary>Takes several.</summary>
    public void AddAll(IEnumerable<Diagnostic> diagnostics)
    {
        foreach (Diagnostic diagnostic in diagnostics)
            Add(diagnostic);
    }
}
