using System.Collections.Generic;

namespace ObjWatch.Recording.Events;

/// <summary>Makes the texts that a trace shows in place of values. Throws nothing, and returns null for what is to be shown as it
/// is.</summary>
internal interface ITextMaker
{
    /// <summary>The text for the values of a call.</summary>
    string? Call(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments);

    /// <summary>The text for a result.</summary>
    string? Return(string method, object? result);

    /// <summary>The texts for an old and a new value.</summary>
    (string? Old, string? New) Update(object? oldValue, object? newValue);
}
