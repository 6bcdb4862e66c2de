using System.Collections.Generic;

namespace ObjWatch;

/// <summary>Shows what a trace shows without a wrapper. To derive from: add to its texts, or change how elements are shown.</summary>
public class BaseWrapper : FunctionWrapper
{
    /// <inheritdoc/>
    public override string? WrapCall(string method, IReadOnlyList<KeyValuePair<string, object?>> arguments) => FormatArguments(arguments);

    /// <inheritdoc/>
    public override string? WrapReturn(string method, object? result) => FormatValue(result);

    /// <inheritdoc/>
    public override (string? Old, string? New) WrapUpdate(object? oldValue, object? newValue) =>
        (FormatValue(oldValue), FormatValue(newValue));
}
