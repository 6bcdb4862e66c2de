using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>A parameter of a woven method.</summary>
/// <param name="Name">Its source name.</param>
/// <param name="TypeName">Its C# type (<c>ref int</c>, <c>Span&lt;byte&gt;</c>): what the trace shows where no value can be
/// captured.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct ParameterEntry(string Name, string TypeName)
{
    /// <summary>Whether its values must never be recorded.</summary>
    public bool Redacted { get; init; }
}
