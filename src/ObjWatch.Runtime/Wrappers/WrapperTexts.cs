using System;
using System.Collections.Generic;
using System.Globalization;
using ObjWatch.Diagnostics;
using ObjWatch.Recording.Events;

namespace ObjWatch.Wrappers;

/// <summary>Asks a session's wrapper. One that throws is counted and told once; the event then shows what it would have shown without
/// it.</summary>
internal sealed class WrapperTexts : ITextMaker
{
    private readonly FunctionWrapper _wrapper;
    private readonly FailureCount _failures;
    private readonly long _failuresBefore;

    /// <param name="wrapper">The wrapper.</param>
    /// <param name="failures">Counts those of all sessions: only the first is told.</param>
    public WrapperTexts(FunctionWrapper wrapper, FailureCount failures)
    {
        _wrapper = wrapper;
        _failures = failures;
        _failuresBefore = failures.Value;
    }

    public string? Call(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments)
    {
        try
        {
            return _wrapper.WrapCall(method, arguments);
        }
        catch (Exception failure)
        {
            Note(failure);
            return null;
        }
    }

    public string? Return(string method, object? result)
    {
        try
        {
            return _wrapper.WrapReturn(method, result);
        }
        catch (Exception failure)
        {
            Note(failure);
            return null;
        }
    }

    public (string? Old, string? New) Update(object? oldValue, object? newValue)
    {
        try
        {
            return _wrapper.WrapUpdate(oldValue, newValue);
        }
        catch (Exception failure)
        {
            Note(failure);
            return (null, null);
        }
    }

    /// <summary>Says how often the wrapper has thrown, where it was more often than has been told.</summary>
    public void TellFailures()
    {
        long count = _failures.Value - _failuresBefore;
        if (count > 1)
            StandardError.Say($"warning OBJW1114: the wrapper failed {count.ToString(CultureInfo.InvariantCulture)} times");
    }

    private void Note(Exception failure)
    {
        if (_failures.Add())
        {
            StandardError.Say(
                $"warning OBJW1114: the wrapper {_wrapper.GetType().FullName} failed, its event shows what it would without a wrapper "
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
