using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Annotated;

using DAM = DynamicallyAccessedMembersAttribute;
using Kinds = DynamicallyAccessedMemberTypes;

public class Properties
{
    [DAM(Kinds.PublicMethods)]
    public Type Auto { get; set; } = typeof(Sample);

    [DAM(Kinds.PublicMethods)]
    public Type ReadOnly { get; } = typeof(Sample);

    [DAM(Kinds.PublicMethods)]
    public Type Initial { get; init; } = typeof(Sample);

    [DAM(Kinds.PublicMethods)]
    public static Type? Shared { get; set; }
}

public class Members<[DAM(Kinds.PublicMethods | Kinds.PublicParameterlessConstructor)] T> : Properties
{
    [DAM(Kinds.PublicMethods)]
    private Type _field = typeof(T);

    [DAM(Kinds.PublicFields)]
    private static Type? s_field;

    [field: DAM(Kinds.PublicMethods)]
    public Type Lazy
    {
        [return: DAM(Kinds.PublicMethods)]
        get => field ??= typeof(Sample);
        [param: DAM(Kinds.PublicMethods)]
        set => field = value;
    }

    [field: DAM(Kinds.PublicMethods)]
    public Type Half
    {
        [return: DAM(Kinds.PublicMethods)]
        get => field;
        [param: DAM(Kinds.PublicMethods)]
        set
        {
            field = value;
            _sets++;
        }
    } = typeof(Sample);

    private int _sets;

    public Type Accessors
    {
        [return: DAM(Kinds.PublicMethods)]
        get => _field;
        [param: DAM(Kinds.PublicMethods)]
        set => _field = value;
    }

    [DAM(Kinds.PublicMethods)]
    public Type this[int index]
    {
        get => index == 0 ? _field : Auto;
        set => _field = value;
    }

    public Members() { }

    public Members([DAM(Kinds.PublicMethods)] Type field)
    {
        _field = field;
        if (field.GetMethod("Double") == null)
            Auto = field;
    }

    [RequiresUnreferencedCode("Finds the type by its name.")]
    public Members(string name) : this(Type.GetType(name)!)
    {
        Func<string, Type?> find = n => Type.GetType(n + name);
        s_field = find("")!;
    }

    public int Use()
    {
        s_field = typeof(Sample);
        Shared = Auto;
        int found = _field.GetMethod("Double") == null ? 0 : 1;
        Auto = _field;
        Lazy = Auto;
        Half = Lazy;
        ReadTo(Half);
        ref Type reference = ref Reference();
        return found + Shared.GetMethods().Length * 0 + (s_field.GetField("Text") == null ? 0 : 10)
            + (typeof(T).GetMethod("Double") == null ? 0 : 100)
            + (Lazy.GetMethod("Double") == null ? 0 : 1000) + (this[0].GetMethod("Double") == null ? 0 : 10000)
            + (reference == null ? 0 : 100000);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2068", Justification = "Only looked at.")]
    [UnconditionalSuppressMessage("Trimming", "IL2078", Justification = "Only looked at.")]
    private ref Type Reference() => ref _field;

    private void ReadTo([DAM(Kinds.PublicMethods)] Type type) => _sets += type.GetMethods().Length > 0 ? 1 : 0;

    public T Make() => Activator.CreateInstance<T>();
}
