using Mono.Cecil;

namespace ObjWatch.Weaver.Emitting.Registering;

/// <summary>Constructors of attributes of the framework, as a module refers to them.</summary>
internal static class FrameworkAttributes
{
    /// <summary>Of <c>[CompilerGenerated]</c>.</summary>
    public static MethodReference CompilerGenerated(ModuleDefinition module) =>
        Constructor(module, module.TypeSystem.CoreLibrary, "System.Runtime.CompilerServices", "CompilerGeneratedAttribute");

    /// <summary>Of <c>[StackTraceHidden]</c>; <see langword="null"/> where the module's framework has none.</summary>
    public static MethodReference? StackTraceHidden(ModuleDefinition module) =>
        module.TypeSystem.CoreLibrary is AssemblyNameReference { Version.Major: >= 6 } core
        && core.Name is "System.Runtime" or "System.Private.CoreLib"
            ? Constructor(module, core, "System.Diagnostics", "StackTraceHiddenAttribute")
            : null;

    private static MethodReference Constructor(ModuleDefinition module, IMetadataScope scope, string @namespace, string name) =>
        new(".ctor", module.TypeSystem.Void, new TypeReference(@namespace, name, module, scope)) { HasThis = true };
}
