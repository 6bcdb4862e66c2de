using System.Linq;

namespace ObjWatch.Trace.Selecting;

/// <summary>A namespace, part by part: <c>*</c> does not reach over a dot. A lone <c>*</c> is every namespace, nothing the global
/// one.</summary>
internal sealed class NamespacePattern
{
    private readonly NamePattern[] _parts;

    public NamespacePattern(string text)
    {
        Text = text;
        _parts = Split(text).Select(part => new NamePattern(part)).ToArray();
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <summary>Whether it is this very namespace.</summary>
    public bool Matches(string name) => Text == "*" || (Split(name).Length == _parts.Length && MatchesOrHolds(name));

    /// <summary>Whether it is this namespace or one that holds it.</summary>
    public bool MatchesOrHolds(string name)
    {
        string[] parts = Split(name);
        return parts.Length >= _parts.Length && _parts.Zip(parts, (pattern, part) => pattern.Matches(part)).All(matches => matches);
    }

    public override string ToString() => Text;

    private static string[] Split(string name) => name.Length == 0 ? [] : name.Split('.');
}
