using System;
using System.Reflection;

namespace Start;

/// <summary>What methods call that the Fody add-in has wrapped.</summary>
public static class WrappedCalls
{
    private static long s_count;

    public static void Enter(MethodBase method, object? self, object?[] arguments) => s_count += arguments.Length + 1;

    public static void Throw(MethodBase method, Exception exception) => s_count--;

    public static void Leave(MethodBase method, object? result) => s_count--;
}
