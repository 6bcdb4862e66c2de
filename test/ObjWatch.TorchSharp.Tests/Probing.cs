using System.Collections.Generic;

namespace ObjWatch.TorchSharp.Tests;

/// <summary>Asks a wrapper as the runtime does.</summary>
internal static class Probing
{
    public static string? Show(this FunctionWrapper wrapper, object? value) => wrapper.WrapReturn("Subject.Method", value);

    public static string? ShowArguments(this FunctionWrapper wrapper, params (string Name, object? Value)[] arguments)
    {
        var pairs = new List<KeyValuePair<string, object?>>();
        foreach ((string name, object? value) in arguments)
            pairs.Add(new KeyValuePair<string, object?>(name, value));
        return wrapper.WrapCall("Subject.Method", pairs);
    }
}
