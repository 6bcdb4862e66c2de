using System;
using System.Collections;
using System.Collections.Generic;
using System.Text;
using ObjWatch.Recording;
using ObjWatch.Values;

namespace ObjWatch;

/// <summary>
/// Makes the texts that a trace shows for calls, results and stores, in place of the values themselves. One is active in a session: give it in
/// <see cref="TracerOptions.Wrapper"/>, or name its type in the option <c>Wrapper</c> (then it needs a constructor without parameters).
/// </summary>
/// <remarks>
/// Its methods are called on the traced thread, at the event, from several threads at once; what they call is not traced. They may return
/// <see langword="null"/> to leave an event as it would be without them. One that throws is caught, counted and told once, and its event shows what it
/// would without a wrapper. A value that is redacted, or that nobody can capture, comes as a placeholder that <see cref="FormatValue"/> shows.
/// Texts are cut after 1,800 UTF-16 units. The counterpart of the Python original's <c>ABCWrapper</c> (0.3.5: <c>FunctionWrapper</c>).
/// </remarks>
public abstract class FunctionWrapper
{
    /// <summary>The text behind <c>&lt;-</c> of a <c>run</c>.</summary>
    /// <param name="method">The method's qualified name, as in the trace.</param>
    /// <param name="arguments">Names and values, <c>this</c> first where there is one.</param>
    /// <returns>The text, or <see langword="null"/> for the arguments themselves.</returns>
    public abstract string? WrapCall(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments);

    /// <summary>The text behind <c>-&gt;</c> of an <c>end</c>. Not asked where an exception leaves the method.</summary>
    /// <param name="method">The method's qualified name, as in the trace.</param>
    /// <param name="result">The result; a placeholder where there is none.</param>
    /// <returns>The text, or <see langword="null"/> for the result itself.</returns>
    public abstract string? WrapReturn(string method, object? result);

    /// <summary>The texts before and behind <c>-&gt;</c> of an <c>upd</c>.</summary>
    /// <param name="oldValue">The value before the store.</param>
    /// <param name="newValue">The value stored.</param>
    /// <returns>The texts, <see langword="null"/> for the value itself.</returns>
    public abstract (string? Old, string? New) WrapUpdate(object? oldValue, object? newValue);

    /// <summary>The text of one element of an array, list, set, queue or other known collection that <see cref="FormatValue"/> shows.</summary>
    /// <param name="element">The element.</param>
    /// <returns>The text, or <see langword="null"/> to leave the element as it would be.</returns>
    protected virtual string? FormatElement(object? element) => null;

    /// <summary>A value as the trace would show it without a wrapper, its elements by way of <see cref="FormatElement"/>. Runs no code of the value's own.</summary>
    protected string FormatValue(object? value)
    {
        if (value is Placeholder placeholder)
            return placeholder.ToString();
        if (value is not (null or string) && TypeShape.Of(value.GetType()) is { Kind: ShapeKind.List or ShapeKind.Set } shape
            && Elements(value, shape) is { } elements)
        {
            return elements;
        }

        return ValueFormatter.Format(value);
    }

    /// <summary>Arguments as the trace would show them without a wrapper: <c>'name':value, …</c>.</summary>
    protected string FormatArguments(IReadOnlyList<KeyValuePair<string, object?>> arguments)
    {
        var text = new StringBuilder();
        foreach (KeyValuePair<string, object?> argument in arguments)
        {
            if (text.Length > 0)
                text.Append(", ");
            text.Append('\'').Append(argument.Key).Append("':").Append(FormatValue(argument.Value));
        }

        return text.ToString();
    }

    /// <summary>A collection of which at least one of the shown elements has a text of the wrapper's; else null.</summary>
    private string? Elements(object value, TypeShape shape)
    {
        int count = shape.CountOf(value);
        var text = new StringBuilder().Append('(').Append(TypeNames.NameOf(value.GetType())).Append(")[");
        int shown = 0;
        bool any = false;
        try
        {
            foreach (object? element in (IEnumerable)value)
            {
                if (shown == CaptureLimits.Current.Elements)
                    break;
                string? own = FormatElement(element);
                any |= own != null;
                text.Append(shown++ == 0 ? "" : ", ").Append(own ?? ValueFormatter.Format(element));
            }
        }
        catch (Exception failure) when (failure is InvalidOperationException or ArgumentException or IndexOutOfRangeException or NullReferenceException)
        {
            // Another thread changes it.
            return null;
        }

        if (!any)
            return null;
        if (count > shown)
            text.Append(shown == 0 ? "" : ", ").Append("'... (").Append(count - shown).Append(" more elements)'");
        return text.Append(']').ToString();
    }
}
