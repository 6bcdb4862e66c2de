using Mono.Cecil;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Placeholder.</summary>
internal sealed class RuntimeReferences
{
    public RuntimeReferences(ModuleDefinition module, ModuleDefinition runtime)
    {
        Module = module;
        Runtime = runtime;
    }

    public ModuleDefinition Module { get; }

    public ModuleDefinition Runtime { get; }
}
