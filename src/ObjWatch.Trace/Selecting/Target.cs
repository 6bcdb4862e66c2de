using System.Collections.Generic;
using System.ComponentModel;
using System.Linq;

namespace ObjWatch.Trace.Selecting;

/// <summary>One entry of ObjWatchTargets or ObjWatchExclude: says which methods and which state it means.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public abstract class Target
{
    private protected Target()
    {
    }

    /// <summary>Whether only static members are meant, and meant even where statics are off.</summary>
    public virtual bool IsOfStatics => false;

    /// <summary>Whether source files are meant, which are known only where there are symbols.</summary>
    public virtual bool IsOfSourceFiles => false;

    /// <summary>Whether calls of the method, or the state of the field, property or event, are meant.</summary>
    public abstract bool Matches(TargetSubject subject);

    /// <summary>The entry, in the grammar it is parsed from.</summary>
    public abstract override string ToString();
}

/// <summary><c>*</c>: everything in the assembly.</summary>
internal sealed class EverythingTarget : Target
{
    public override bool Matches(TargetSubject subject) => true;

    public override string ToString() => "*";
}

/// <summary><c>MyApp.Models</c>: a namespace and everything below it.</summary>
internal sealed class NamespaceTarget : Target
{
    private readonly NamespacePattern _namespace;

    public NamespaceTarget(NamespacePattern pattern) => _namespace = pattern;

    public override bool Matches(TargetSubject subject) => _namespace.MatchesOrHolds(subject.Namespace);

    public override string ToString() => _namespace.Text;
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

    public override bool Matches(TargetSubject subject) =>
        subject.Types.Count >= _chain.Count
        && _namespace.Matches(subject.Namespace)
        && _chain.Zip(subject.Types, (pattern, type) => pattern.Matches(type)).All(matches => matches);

    /// <summary>Whether it is a member of this very type.</summary>
    public bool Declares(TargetSubject subject) => subject.Types.Count == _chain.Count && Matches(subject);

    public override string ToString() => $"{_namespace}:{string.Join("+", _chain)}";
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

    public override bool Matches(TargetSubject subject) => subject.IsMethod && subject.HasName(_name) && _type.Declares(subject);

    public override string ToString() => $"{_type}.{_name}()";
}

/// <summary><c>MyApp.Models:User.Name</c>, <c>MyApp.Models:Config::Debug</c>: a field, property or event, the latter two with their
/// accessors.</summary>
internal sealed class MemberTarget : Target
{
    private readonly TypeTarget _type;
    private readonly NamePattern _name;

    public MemberTarget(TypeTarget type, NamePattern name, bool isStatic)
    {
        _type = type;
        _name = name;
        IsOfStatics = isStatic;
    }

    public override bool IsOfStatics { get; }

    public override bool Matches(TargetSubject subject) => subject.IsMethod
        ? subject.Owner is { } owner && Matches(owner)
        : subject.HasName(_name) && (!IsOfStatics || subject.IsStatic) && _type.Declares(subject);

    public override string ToString() => $"{_type}{(IsOfStatics ? "::" : ".")}{_name}";
}

/// <summary><c>Models/User.cs</c>, <c>**/Models/*.cs</c>: whatever stands in these source files.</summary>
internal sealed class SourceFileTarget : Target
{
    private readonly SourcePathPattern _path;

    public SourceFileTarget(SourcePathPattern path) => _path = path;

    public override bool IsOfSourceFiles => true;

    public override bool Matches(TargetSubject subject) => subject.Files.Any(_path.Matches);

    public override string ToString() => _path.Text;
}
