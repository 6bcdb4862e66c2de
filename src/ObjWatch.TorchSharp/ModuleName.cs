using System.Reflection;
using Module = TorchSharp.torch.nn.Module;

namespace ObjWatch.TorchSharp;

/// <summary>The names that modules were given.</summary>
internal static class ModuleName
{
    // Module.GetName() is virtual, so it may be the program's own code. A version of TorchSharp without this field shows no names.
    private static readonly FieldInfo? _name = typeof(Module).GetField("name", BindingFlags.Instance | BindingFlags.NonPublic);

    /// <summary>The name of a module, or <see langword="null"/> when it has none but that of its type.</summary>
    public static string? Of(Module module) =>
        _name?.GetValue(module) is string { Length: > 0 } name && name != module.GetType().Name ? name : null;
}
