using System;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ObjWatch.Values.Naming;

/// <summary>The names under which the trace knows the methods that delegates point to.</summary>
internal static class DelegateNames
{
    private static readonly ConditionalWeakTable<MethodInfo, object> _numbers = new();

    public static int NumberOf(Delegate value) =>
        (int)_numbers.GetValue(value.Method, static method => Definitions.OfProcess.AddText(NameOf(method)));

    /// <summary>
    /// <c>Type.Method</c>; a lambda is <c>Type.Method.&lt;lambda&gt;</c> and a local function <c>Type.Method.Local</c>, wherever the
    /// compiler has put them.
    /// </summary>
    internal static string NameOf(MethodInfo method)
    {
        Type? type = method.DeclaringType;
        while (type != null
            && (type.Name[0] == '<' || type.Name.StartsWith("_Closure$__", StringComparison.Ordinal)) && type.DeclaringType != null)
            type = type.DeclaringType;
        string name = type != null && TypeNames.LineMark(type.Name) > 0 ? "<lambda>" : SourceName(method.Name); // F#'s are classes
        return type == null ? name : TypeNames.NameOf(type) + "." + name;
    }

    private static string SourceName(string name)
    {
        if (name.StartsWith("_Lambda$__", StringComparison.Ordinal))
            return "<lambda>"; // Visual Basic's
        int holderEnd = HolderEnd(name);
        if (holderEnd < 0)
            return name;
        string holder = SourceName(name.Substring(1, holderEnd - 1));
        int own = holderEnd + 4;
        if (string.CompareOrdinal(name, holderEnd + 1, "b__", 0, 3) == 0)
            return holder + ".<lambda>";
        int end = name.IndexOf('|');
        bool isLocalFunction = string.CompareOrdinal(name, holderEnd + 1, "g__", 0, 3) == 0 && end > own;
        return isLocalFunction ? $"{holder}.{name.Substring(own, end - own)}" : name;
    }

    /// <summary>Where the name of the method ends that a lambda or local function stands in, or -1. It may itself have such brackets:
    /// <c>&lt;&lt;Main&gt;$&gt;b__0</c>.</summary>
    private static int HolderEnd(string name)
    {
        int depth = 0;
        for (int i = 0; i < name.Length && (i == 0 ? name[0] == '<' : depth > 0); i++)
        {
            depth += name[i] == '<' ? 1 : name[i] == '>' ? -1 : 0;
            if (depth == 0)
                return i;
        }

        return -1;
    }
}
