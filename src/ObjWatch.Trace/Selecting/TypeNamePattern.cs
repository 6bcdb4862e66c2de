using System.Globalization;

namespace ObjWatch.Trace.Selecting;

/// <summary>One name in a chain of nested types; a generic type matches by its bare name too.</summary>
internal sealed class TypeNamePattern
{
    private readonly NamePattern _name;
    private readonly int? _arity;

    /// <summary>Makes a pattern.</summary>
    /// <param name="name">The name as in the source.</param>
    /// <param name="arity">The number of type parameters, where it was given.</param>
    public TypeNamePattern(string name, int? arity)
    {
        _name = new NamePattern(name);
        _arity = arity;
    }

    public bool Matches(TypeName type) => (_arity is null || _arity == type.Arity) && _name.Matches(type.Name);

    public override string ToString() =>
        _arity is null ? _name.Text : _name.Text + "`" + _arity.Value.ToString(CultureInfo.InvariantCulture);
}
