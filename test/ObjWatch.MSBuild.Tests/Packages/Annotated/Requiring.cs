using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Linq;
using System.Reflection;
using System.Threading.Tasks;

namespace Annotated;

using DAM = DynamicallyAccessedMembersAttribute;
using Kinds = DynamicallyAccessedMemberTypes;

public static class Requiring
{
    private static int s_count;

    [RequiresUnreferencedCode("Finds a type by its name.")]
    [RequiresDynamicCode("Makes a type.")]
    [RequiresAssemblyFiles("Looks for its file.")]
    public static int Plain(string name)
    {
        s_count++;
        Type? type = Type.GetType(name);
        string file = typeof(Requiring).Assembly.Location;
        Func<Type?> again = () => Type.GetType(name);
        return (again() == null ? 0 : 1) + (type == null ? 0 : 10) + (Local() == null ? 0 : 100) + (Capturing() == null ? 0 : 100)
            + file.Length * 0;

        static Type? Local() => Type.GetType("System.Int32");
        Type? Capturing() => Type.GetType(name);
    }

    [RequiresUnreferencedCode("Finds a type by its name.")]
    public static async Task<int> Async(string name)
    {
        await Task.Yield();
        Type? type = Type.GetType(name);
        Func<Type?> again = () => Type.GetType(name);
        await Task.Yield();
        return type == again() ? 1 : 0;
    }

    [RequiresUnreferencedCode("Finds a type by its name.")]
    public static IEnumerable<Type?> Iterator(params string[] names)
    {
        foreach (string name in names)
            yield return Type.GetType(name);
        Func<string, Type?> find = name => Type.GetType(name + names.Length);
        yield return find("x");
    }

    [RequiresUnreferencedCode("Finds a type by its name.")]
    public static async IAsyncEnumerable<Type?> AsyncIterator(string name)
    {
        await Task.Yield();
        yield return Type.GetType(name);
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The types are there.")]
    [UnconditionalSuppressMessage("Trimming", "IL2057", Justification = "The types are there.")]
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Not called there.")]
    [UnconditionalSuppressMessage("SingleFile", "IL3000", Justification = "May be empty.")]
    [UnconditionalSuppressMessage("SingleFile", "IL3002", Justification = "May be empty.")]
    public static int Suppressed(string name)
    {
        int sum = Plain(name);
        sum += Async(name).GetAwaiter().GetResult();
        sum += Iterator(name).Count();
        Func<int> lambda = () => Plain(name) + Async(name).Result;
        Func<string, Type?> staticLambda = static n => Type.GetType(n);
        return sum + lambda() + (staticLambda(name) == null ? 0 : 1) + Local() + typeof(Requiring).Assembly.Location.Length * 0;

        int Local() => Type.GetType(name) == null ? 0 : 1;
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The types are there.")]
    public static async Task<int> SuppressedAsync(string name)
    {
        await Task.Yield();
        int first = await Async(name);
        Func<Task<int>> lambda = async () => await Async(name) + first;
        await foreach (Type? type in AsyncIterator(name))
            first += type == null ? 0 : 1;
        return await lambda();
    }

    public static string SuppressedProperty
    {
        [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The types are there.")]
        get
        {
            Func<int> count = () => Iterator("System.Int32").Count();
            return count() + Iterator("System.String").Count().ToString();
        }
    }

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The types are there.")]
    public static string SuppressedAtProperty
    {
        get
        {
            Func<int> count = () => Iterator("System.Int32").Count();
            return count() + Iterator("System.String").Count().ToString();
        }
    }

    [RequiresAssemblyFiles("Looks for its file.")]
    public static string FileProperty
    {
        get
        {
            string file = typeof(Requiring).Assembly.Location;
            return file.Length < 0 ? file : "file";
        }
    }

    public static event EventHandler? Plainly;

    public static void Raise() => Plainly?.Invoke(null, EventArgs.Empty);

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The types are there.")]
    public static event EventHandler? Suppressing
    {
        add
        {
            if (Iterator("System.Int32").Count() > 0)
                Plainly += value;
        }

        remove => Plainly -= value;
    }
}

/// A whole class that requires: its static constructor, static methods and constructors.
[RequiresUnreferencedCode("All of it.")]
public class RequiringClass
{
    private static readonly Type? s_type = Type.GetType("System.Int32" + Environment.NewLine.Substring(1));
    private readonly Type? _type;
    private static int s_made;

    static RequiringClass()
    {
        s_made = 1;
        Func<string, Type?> find = name => Type.GetType(name + s_made);
        if (find("x") != null)
            s_made = 2;
    }

    public RequiringClass(string name)
    {
        _type = Type.GetType(name);
        s_made++;
    }

    public static int Made() => Type.GetType("System.Int" + s_made) == null ? s_made : s_made + 1;

    public int Known()
    {
        Func<string, Type?> find = name => Type.GetType(name + _type);
        return (find("x") == null ? 1 : 0) + (_type == null ? 0 : 10) + (s_type == null ? 0 : 100);
    }

    public static RequiringClass operator +(RequiringClass left, RequiringClass right) =>
        Type.GetType("x" + left._type) == null ? left : right;
}

public static class UserOfRequiringClass
{
    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "The types are there.")]
    public static int Use()
    {
        var made = new RequiringClass("System.Int32");
        made += new RequiringClass("System.Int64");
        return RequiringClass.Made() + made.Known();
    }
}
