using System.Globalization;
using Mono.Cecil;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Selecting;

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

    public bool Matches(TypeDefinition type)
    {
        (string name, int arity) = SourceName(type);
        return (_arity is null || _arity == arity) && _name.Matches(name);
    }

    /// <summary>A type's name as in the source, and the number of its own type parameters.</summary>
    public static (string Name, int Arity) SourceName(TypeDefinition type)
    {
        string name = FileLocalTypes.SourceName(type.Name);
        int tick = name.LastIndexOf('`');
        return tick > 0 && int.TryParse(name.Substring(tick + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int arity)
            ? (name.Substring(0, tick), arity)
            : (name, 0);
    }

    public override string ToString() => _arity is null ? _name.Text : _name.Text + "`" + _arity.Value.ToString(CultureInfo.InvariantCulture);
}
