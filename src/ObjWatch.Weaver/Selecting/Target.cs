using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Selecting;

/// <summary>One entry of ObjWatchTargets or ObjWatchExclude: says which methods and which state it means.</summary>
internal abstract class Target
{
    /// <summary>Whether calls of the method are meant.</summary>
    public abstract bool Matches(MethodDefinition method, SourceFiles files);

    /// <summary>Whether the state of the field, property or event is meant.</summary>
    public abstract bool Matches(IMemberDefinition member, SourceFiles files);

    /// <summary>The entry, in the grammar it is parsed from.</summary>
    public abstract override string ToString();
}

/// <summary><c>*</c>: everything in the assembly.</summary>
internal sealed class EverythingTarget : Target
{
    public override bool Matches(MethodDefinition method, SourceFiles files) => true;

    public override bool Matches(IMemberDefinition member, SourceFiles files) => true;

    public override string ToString() => "*";
}

/// <summary><c>MyApp.Models</c>: a namespace and everything below it.</summary>
internal sealed class NamespaceTarget : Target
{
    private readonly NamespacePattern _namespace;

    public NamespaceTarget(NamespacePattern pattern) => _namespace = pattern;

    public override bool Matches(MethodDefinition method, SourceFiles files) => Matches(method.DeclaringType);

    public override bool Matches(IMemberDefinition member, SourceFiles files) => Matches(member.DeclaringType);

    public override string ToString() => _namespace.Text;

    private bool Matches(TypeDefinition type) => _namespace.MatchesOrHolds(Members.NamespaceOf(type));
}

/// <summary><c>MyApp.Models:User+Address</c>: a type with all its members and the types nested in it.</summary>
internal sealed class TypeTarget : Target
{
    private readonly NamespacePattern _namespace;
    private readonly IReadOnlyList<TypeNamePattern> _chain;

    public TypeTarget(NamespacePattern pattern, IReadOnlyList<TypeNamePattern> chain)
    {
        _namespace = pattern;
        _chain = chain;
    }

    public override bool Matches(MethodDefinition method, SourceFiles files) => Holds(method.DeclaringType);

    public override bool Matches(IMemberDefinition member, SourceFiles files) => Holds(member.DeclaringType);

    /// <summary>Whether it is this very type.</summary>
    public bool Is(TypeDefinition type)
    {
        IReadOnlyList<TypeDefinition> chain = Members.Chain(type);
        return chain.Count == _chain.Count && Holds(type);
    }

    public override string ToString() => $"{_namespace}:{string.Join("+", _chain)}";

    private bool Holds(TypeDefinition type)
    {
        IReadOnlyList<TypeDefinition> chain = Members.Chain(type);
        return chain.Count >= _chain.Count
            && _namespace.Matches(chain[0].Namespace)
            && _chain.Zip(chain, (pattern, part) => pattern.Matches(part)).All(matches => matches);
    }
}

/// <summary><c>MyApp.Models:User.Save()</c>: a method with all its overloads.</summary>
internal sealed class MethodTarget : Target
{
    private readonly TypeTarget _type;
    private readonly NamePattern _name;

    public MethodTarget(TypeTarget type, NamePattern name)
    {
        _type = type;
        _name = name;
    }

    public override bool Matches(MethodDefinition method, SourceFiles files) => Members.HasName(method, _name) && _type.Is(method.DeclaringType);

    public override bool Matches(IMemberDefinition member, SourceFiles files) => false;

    public override string ToString() => $"{_type}.{_name}()";
}

/// <summary><c>MyApp.Models:User.Name</c>, <c>MyApp.Models:Config::Debug</c>: a field, property or event, the latter two with their accessors.</summary>
internal sealed class MemberTarget : Target
{
    private readonly TypeTarget _type;
    private readonly NamePattern _name;

    public MemberTarget(TypeTarget type, NamePattern name, bool isStatic)
    {
        _type = type;
        _name = name;
        IsStatic = isStatic;
    }

    /// <summary>Whether only static members are meant, and meant even where statics are off.</summary>
    public bool IsStatic { get; }

    public override bool Matches(MethodDefinition method, SourceFiles files) => Members.OwnerOf(method) is { } owner && Matches(owner, files);

    public override bool Matches(IMemberDefinition member, SourceFiles files) =>
        Members.HasName(member, _name) && (!IsStatic || Members.IsStatic(member)) && _type.Is(member.DeclaringType);

    public override string ToString() => $"{_type}{(IsStatic ? "::" : ".")}{_name}";
}

/// <summary><c>Models/User.cs</c>, <c>**/Models/*.cs</c>: whatever stands in these source files.</summary>
internal sealed class SourceFileTarget : Target
{
    private readonly SourcePathPattern _path;

    public SourceFileTarget(SourcePathPattern path) => _path = path;

    public override bool Matches(MethodDefinition method, SourceFiles files) => files.Of(method).Any(_path.Matches);

    public override bool Matches(IMemberDefinition member, SourceFiles files) => files.Of(member).Any(_path.Matches);

    public override string ToString() => _path.Text;
}
