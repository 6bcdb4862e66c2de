using System;
using System.Reflection;
using System.Runtime.CompilerServices;

namespace ObjWatch.Values;

/// <summary>The numbers under which the trace knows the methods that delegates point to.</summary>
internal static class DelegateNames
{
    private static readonly ConditionalWeakTable<MethodInfo, object> _numbers = new();

    public static int NumberOf(Delegate value) => (int)_numbers.GetValue(value.Method, static method => Definitions.AddText(NameOf(method)));

    private static string NameOf(MethodInfo method) =>
        method.DeclaringType == null ? method.Name : TypeNames.NameOf(method.DeclaringType) + "." + method.Name;
}
