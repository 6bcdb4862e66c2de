using System;
using System.Collections.Generic;
using System.Text;
using ObjWatch.Values;
using ObjWatch.Wrappers;

namespace ObjWatch;

/// <summary>
/// Makes the texts that a trace shows for calls, results and stores, in place of the values themselves. One is active in a session: give it
/// in <see cref="TracerOptions.Wrapper"/>, or name its type in the option <c>Wrapper</c> (then it needs a constructor without parameters).
/// </summary>
/// <remarks>
/// Its methods are called on the traced thread, at the event, from several threads at once; what they call is not traced. They may return
/// <see langword="null"/> to leave an event as it would be without them. One that throws is caught, counted and told once, and its event
/// shows what it would without a wrapper. A value that is redacted, or that nobody can capture, comes as a placeholder that
/// <see cref="FormatValue"/> shows. Texts are cut after 1,800 UTF-16 units. The counterpart of the Python original's <c>ABCWrapper</c>
/// (0.3.5: <c>FunctionWrapper</c>).
/// </remarks>
public abstract class FunctionWrapper
{
    private readonly Func<object?, string?> _formatElement;

    /// <summary>For the classes derived from it.</summary>
    protected FunctionWrapper()
    {
        _formatElement = FormatElement;
    }

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

    /// <summary>The text of what stands in a value that <see cref="FormatValue"/> shows: an element of a known collection, a key or a value
    /// of a dictionary, an item of a tuple, a field of a structure.</summary>
    /// <param name="element">The element.</param>
    /// <returns>The text, or <see langword="null"/> to leave the element as it would be.</returns>
    protected virtual string? FormatElement(object? element) => null;

    /// <summary>A value as the trace would show it without a wrapper, what stands in it by way of <see cref="FormatElement"/>. Runs no code
    /// of the value's own.</summary>
    /// <param name="value">The value.</param>
    /// <returns>The text.</returns>
    protected virtual string FormatValue(object? value) =>
        value is Placeholder placeholder ? placeholder.ToString() : ValueFormatter.OfProcess.Format(value, _formatElement);

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
}
