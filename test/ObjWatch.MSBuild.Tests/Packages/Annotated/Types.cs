using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Annotated;

using DAM = DynamicallyAccessedMembersAttribute;
using Kinds = DynamicallyAccessedMemberTypes;

/// In structs, records, operators, and static constructors.
public struct Token([DAM(Kinds.PublicMethods)] Type type) : IEquatable<Token>
{
    [DAM(Kinds.PublicMethods)]
    private Type _type = type;

    public void Set([DAM(Kinds.PublicMethods)] Type type)
    {
        _type = type;
        if (_type.GetMethod("Double") == null)
            _type = typeof(Sample);
    }

    public readonly bool Equals(Token other) => other._type == _type;

    public override readonly bool Equals(object? obj) => obj is Token token && Equals(token);

    public override readonly int GetHashCode() => _type.GetMethods().Length > 0 ? 1 : 0;

    public static implicit operator Token([DAM(Kinds.PublicMethods)] Type type)
    {
        Token token = new(type);
        token.Set(type);
        return token;
    }

    public static bool operator ==(Token left, Token right) => left.Equals(right);

    public static bool operator !=(Token left, Token right) => !left.Equals(right);
}

public sealed record Entry([property: DAM(Kinds.PublicMethods)][param: DAM(Kinds.PublicMethods)] Type Type, int Count)
{
    public bool Has(string name) => Type.GetMethod(name) != null;
}

public static class Registry
{
    [DAM(Kinds.PublicMethods)]
    private static readonly Type s_type;

    private static readonly int s_count;

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The types are there.")]
    static Registry()
    {
        s_type = typeof(Sample);
        s_count = Requiring.Iterator("System.Int32").Count();
        Func<int> again = () => Requiring.Iterator("System.Int32").Count();
        s_count += again();
    }

    public static int Count => s_count + (s_type.GetMethod("Double") == null ? 0 : 100);
}

public interface IFinder
{
    int Find([DAM(Kinds.PublicMethods)] Type type);

    [return: DAM(Kinds.PublicMethods)]
    Type Default();

    [RequiresUnreferencedCode("By name.")]
    int FindByName(string name) => Type.GetType(name) == null ? 0 : 1;

    T Made<[DAM(Kinds.PublicParameterlessConstructor)] T>();
}

public class Finder : IFinder
{
    private int _found;

    int IFinder.Find([DAM(Kinds.PublicMethods)] Type type)
    {
        _found += type.GetMethod("Double") == null ? 0 : 1;
        return _found;
    }

    [return: DAM(Kinds.PublicMethods)]
    Type IFinder.Default()
    {
        _found++;
        return typeof(Sample);
    }

    [RequiresUnreferencedCode("By name.")]
    public virtual int FindByName(string name)
    {
        _found += Type.GetType(name) == null ? 0 : 1;
        return _found;
    }

    T IFinder.Made<[DAM(Kinds.PublicParameterlessConstructor)] T>()
    {
        _found++;
        return Activator.CreateInstance<T>();
    }
}

public class DerivedFinder : Finder
{
    private readonly List<string> _names = [];

    [RequiresUnreferencedCode("By name.")]
    public override int FindByName(string name)
    {
        _names.Add(name);
        return base.FindByName(name) + 100;
    }
}

/// A class derived from Type: the attribute on a method speaks of `this`.
public class SpecialType : TypeDelegator
{
    private int _asked;

    public SpecialType([DAM(Kinds.All)] Type type) : base(type) => _asked = 1;

    [UnconditionalSuppressMessage("Trimming", "IL2065", Justification = "The type is known.")]
    public static int Ask([DAM(Kinds.All)] Type type) => new SpecialType(type).Asked();

    [DAM(Kinds.PublicMethods)]
    public int Asked()
    {
        _asked++;
        return GetMethods().Length > 0 ? _asked : 0;
    }
}
