using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Annotated;

using DAM = DynamicallyAccessedMembersAttribute;
using Kinds = DynamicallyAccessedMemberTypes;

/// Reflection on all members, those that are not public too: what the weaver adds may not be warned of.
public class Reflected
{
    private int _value = 1;

    public int Change()
    {
        _value++;
        return typeof(Sample).GetMethod("Double") == null ? 0 : _value;
    }

    [return: DAM(Kinds.PublicMethods)]
    private Type Kind()
    {
        _value++;
        return typeof(Sample);
    }

    [RequiresUnreferencedCode("By name.")]
    public int ByName(string name)
    {
        _value++;
        return Type.GetType(name) == null ? 0 : 1;
    }

    public int Annotated([DAM(Kinds.PublicMethods)] Type type)
    {
        _value += type.GetMethods().Length > 0 ? 1 : 0;
        return _value;
    }

    public Type Used()
    {
        Type kind = Kind();
        kind.GetMethod("Double");
        return kind;
    }
}

public static class Reflecting
{
    public static int NonPublic([DAM(Kinds.NonPublicMethods | Kinds.NonPublicConstructors)] Type type) =>
        type.GetMethods(BindingFlags.NonPublic | BindingFlags.Instance).Length;

    public static bool Use() => NonPublic(typeof(Reflected)) > 0 && new Reflected().Used() != null && new Reflected().Change() == 2
        && new Reflected().Annotated(typeof(Sample)) == 2;
}

[DAM(Kinds.PublicMethods | Kinds.NonPublicMethods)]
public class Hierarchy
{
    private int _value;

    public int Change()
    {
        _value++;
        Func<int> lambda = () => _value + 1;
        return lambda();
    }

    public string[] Methods() => GetType().GetMethods().Select(m => m.Name).ToArray();
}

public static class Features
{
    [FeatureSwitchDefinition("Annotated.Features.Dynamic")]
    [FeatureGuard(typeof(RequiresUnreferencedCodeAttribute))]
    [UnconditionalSuppressMessage("AOT", "IL4000", Justification = "A switch.")]
    public static bool Dynamic
    {
        get
        {
            bool on = AppContext.TryGetSwitch("Annotated.Features.Dynamic", out bool set) && set;
            return on;
        }
    }

    [FeatureGuard(typeof(RequiresDynamicCodeAttribute))]
    public static bool Emits => System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported;

    public static int Use()
    {
        if (Emits && Dynamically() == 0)
            return -1;
        if (Dynamic)
            return Requiring.Iterator("System.Int32").Count();
        return System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeSupported ? Dynamically() : 1;
    }

    [RequiresDynamicCode("Makes types.")]
    private static int Dynamically()
    {
        Type list = typeof(List<>).MakeGenericType(typeof(int));
        return list == typeof(List<int>) ? 1 : 0;
    }
}

public static class Depending
{
    [DynamicDependency(nameof(Sample.Double), typeof(Sample))]
    [DynamicDependency(Kinds.PublicFields, typeof(Sample))]
    [UnconditionalSuppressMessage("Trimming", "IL2075", Justification = "Kept by the attributes.")]
    public static int Use()
    {
        object sample = new Sample();
        return sample.GetType().GetMethod("Double") == null ? 0 : 1;
    }
}

public static class Closures
{
    public static int Nested(int count)
    {
        int outer = count;
        Func<int, Func<int>> make = a =>
        {
            int middle = a + outer;
            return () => middle + outer++;
        };
        List<int> numbers = [1, 2, 3];
        int sum = numbers.Where(n => n > 1).Select(n => n * count).Sum();
        return sum + make(1)() + Generic<Sample>(s => s.Double() + outer);

        static int Generic<[DAM(Kinds.PublicParameterlessConstructor)] T>(Func<T, int> use)
        {
            Func<T> create = () => Activator.CreateInstance<T>();
            return use(create());
        }
    }

    public static async Task<int> Asynchronously(int count)
    {
        await Task.Yield();
        Func<Task<int>> inner = async () =>
        {
            await Task.Yield();
            Func<int> innermost = () => count + 1;
            return innermost();
        };
        return await inner() + await Local();

        async Task<int> Local()
        {
            await Task.Yield();
            return count;
        }
    }
}
