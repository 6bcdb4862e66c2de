using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>Something that holds state.</summary>
/// <param name="Name">As in the trace, without a prefix for statics and locals: <c>Type.field</c>, <c>Type.Property</c>, or a local's
/// <c>name</c>.</param>
/// <param name="Kind">Where the state lives.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed record MemberEntry(string Name, MemberKind Kind)
{
    /// <summary>The namespace of its type, empty for the global one and for locals.</summary>
    public string Namespace { get; init; } = "";

    /// <summary>Whether its values must never be recorded.</summary>
    public bool Redacted { get; init; }
}
