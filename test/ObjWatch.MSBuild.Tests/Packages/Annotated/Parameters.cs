using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Annotated;

using DAM = DynamicallyAccessedMembersAttribute;
using Kinds = DynamicallyAccessedMemberTypes;

/// What the trimmer is told about methods: on every place an attribute can stand, in every form a body can have.
public sealed class Sample
{
    public int Number { get; set; } = 7;

    public string Text = "text";

    public Sample() { }

    public Sample(int number) => Number = number;

    public int Double() => Number * 2;
}

public static class Parameters
{
    public static int Plain([DAM(Kinds.PublicMethods)] Type type)
    {
        int count = type.GetMethod("Double") == null ? 0 : 1;
        count += type.GetMethod("Missing") == null ? 0 : 1;
        return count;
    }

    public static object? ByName([DAM(Kinds.PublicParameterlessConstructor)] string type)
    {
        Type? found = Type.GetType(type);
        return found == null ? null : Activator.CreateInstance(found);
    }

    public static int Generic<[DAM(Kinds.PublicProperties)] T>(T value)
    {
        PropertyInfo? property = typeof(T).GetProperty("Number");
        return (int)property!.GetValue(value)!;
    }

    public static T Create<[DAM(Kinds.PublicParameterlessConstructor)] T>() where T : new()
    {
        T made = new();
        return Activator.CreateInstance<T>() == null ? throw new InvalidOperationException() : made;
    }

    [return: DAM(Kinds.PublicMethods)]
    public static Type Returned(bool first)
    {
        if (first)
            return typeof(Sample);
        Type other = typeof(Features);
        return other;
    }

    public static void Out([DAM(Kinds.PublicFields)] out Type type, [DAM(Kinds.PublicMethods)] in Type read,
        [DAM(Kinds.PublicMethods)] ref Type both)
    {
        both = typeof(Sample);
        type = typeof(Sample);
    }

    public static int Array([DAM(Kinds.PublicMethods)] Type first, params Type[] rest)
    {
        first = Pass(first);
        return first.GetMethods().Length > 0 ? rest.Length : -1;
    }

    [return: DAM(Kinds.PublicMethods)]
    private static Type Pass([DAM(Kinds.PublicMethods)] Type type) => type;

    public static int Captured([DAM(Kinds.PublicMethods)] Type type)
    {
        Func<string, bool> has = name => type.GetMethod(name) != null;
        return new[] { "Double", "Missing" }.Count(has);
    }

    public static int Local([DAM(Kinds.PublicMethods)] Type type)
    {
        return Has("Double") + Static<Sample>(type);

        int Has(string name) => type.GetMethod(name) == null ? 0 : 1;

        static int Static<[DAM(Kinds.PublicFields)] T>([DAM(Kinds.PublicMethods)] Type given) =>
            typeof(T).GetField("Text") == null || given.GetMethod("Double") == null ? 0 : 10;
    }

    public static async Task<int> Async([DAM(Kinds.PublicMethods)] Type type)
    {
        await Task.Yield();
        bool has = type.GetMethod("Double") != null;
        await Task.Yield();
        return has ? 1 : 0;
    }

    public static async Task<int> AsyncGeneric<[DAM(Kinds.PublicProperties)] T>(T value)
    {
        await Task.Yield();
        return (int)typeof(T).GetProperty("Number")!.GetValue(value)!;
    }

    public static IEnumerable<string> Iterator([DAM(Kinds.PublicMethods)] Type type)
    {
        yield return "first";
        if (type.GetMethod("Double") is { } method)
            yield return method.Name;
    }

    public static async IAsyncEnumerable<string> AsyncIterator<[DAM(Kinds.PublicMethods)] T>()
    {
        await Task.Yield();
        yield return typeof(T).GetMethod("Double")!.Name;
    }
}
