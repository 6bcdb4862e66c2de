using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using ObjWatch.Diagnostics;

namespace ObjWatch.Recording;

/// <summary>Asks wrappers. One that throws is counted and told once; the event then shows what it would have shown without it.</summary>
internal static class Wrapping
{
    private static long _failures;

    /// <summary>How often a wrapper has thrown.</summary>
    public static long Failures => Interlocked.Read(ref _failures);

    /// <summary>The text for a call, or null.</summary>
    public static string? Call(FunctionWrapper wrapper, string method, IReadOnlyList<KeyValuePair<string, object?>> arguments)
    {
        try
        {
            return wrapper.WrapCall(method, arguments);
        }
        catch (Exception failure)
        {
            Note(wrapper, failure);
            return null;
        }
    }

    /// <summary>The text for a result, or null.</summary>
    public static string? Return(FunctionWrapper wrapper, string method, object? result)
    {
        try
        {
            return wrapper.WrapReturn(method, result);
        }
        catch (Exception failure)
        {
            Note(wrapper, failure);
            return null;
        }
    }

    /// <summary>The texts for an old and a new value, or null for either.</summary>
    public static (string? Old, string? New) Update(FunctionWrapper wrapper, object? oldValue, object? newValue)
    {
        try
        {
            return wrapper.WrapUpdate(oldValue, newValue);
        }
        catch (Exception failure)
        {
            Note(wrapper, failure);
            return (null, null);
        }
    }

    /// <summary>Says how often wrappers have thrown since <paramref name="before"/>, where it was more often than has been told.</summary>
    public static void TellFailures(long before)
    {
        long count = Failures - before;
        if (count > 1)
            StandardError.Say($"warning OBJW1114: the wrapper failed {count.ToString(CultureInfo.InvariantCulture)} times");
    }

    private static void Note(FunctionWrapper wrapper, Exception failure)
    {
        if (Interlocked.Increment(ref _failures) == 1)
        {
            StandardError.Say($"warning OBJW1114: the wrapper {wrapper.GetType().FullName} failed, its event shows what it would without a wrapper "
                + $"(told once): {failure.GetType().Name}: {Message(failure)}");
        }
    }

    private static string Message(Exception failure)
    {
        try
        {
            return failure.Message;
        }
        catch (Exception)
        {
            // The program may have overridden it.
            return "";
        }
    }
}
