using System;
using System.Collections.Generic;
using Mono.Cecil;

namespace ObjWatch.Weaver.Loading;

/// <summary>
/// Finds type definitions, following type forwarders in a loop that knows where it has been. (Cecil follows them by recursion: forwarders
/// that lead in a circle end its process.) Also keeps an index of forwarders, of which a facade has thousands.
/// </summary>
internal sealed class ForwarderResolver : MetadataResolver
{
    private readonly Dictionary<ModuleDefinition, Dictionary<string, ExportedType>> _forwarders = new();
    private readonly ReferenceResolver _assemblies;
    private readonly Action<string> _reportCircle;

    public ForwarderResolver(ReferenceResolver assemblies, Action<string> reportCircle)
        : base(assemblies)
    {
        _assemblies = assemblies;
        _reportCircle = reportCircle;
    }

    public override TypeDefinition? Resolve(TypeReference type)
    {
        TypeReference element = type.GetElementType();
        if (element is TypeDefinition definition)
            return definition;
        if (element.IsNested)
            return ResolveNested(element);
        ModuleDefinition? module = Module(element.Scope, element.Module);
        var visited = new HashSet<ModuleDefinition>();
        while (module is not null)
        {
            if (!visited.Add(module))
            {
                _reportCircle(element.FullName);
                return null;
            }

            if (module.GetType(element.Namespace, element.Name) is { } found)
                return found;
            module = Forwarders(module).TryGetValue(element.FullName, out ExportedType? forwarder) ? Module(forwarder.Scope, module) : null;
        }

        return null;
    }

    private TypeDefinition? ResolveNested(TypeReference type)
    {
        TypeDefinition? declaring = Resolve(type.DeclaringType);
        if (declaring is null)
            return null;
        foreach (TypeDefinition nested in declaring.NestedTypes)
        {
            if (nested.Name == type.Name && nested.Namespace == type.Namespace)
                return nested;
        }

        return null;
    }

    // A reference to another module of the same assembly (multi-file assemblies) is left unresolved: no current compiler makes them.
    private ModuleDefinition? Module(IMetadataScope? scope, ModuleDefinition referrer) => scope switch
    {
        ModuleDefinition module => module,
        AssemblyNameReference name => _assemblies.Resolve(name, referrer.Name)?.MainModule,
        _ => null,
    };

    private Dictionary<string, ExportedType> Forwarders(ModuleDefinition module)
    {
        if (_forwarders.TryGetValue(module, out Dictionary<string, ExportedType>? index))
            return index;
        index = new Dictionary<string, ExportedType>(StringComparer.Ordinal);
        if (module.HasExportedTypes)
        {
            foreach (ExportedType type in module.ExportedTypes)
                index[type.FullName] = type;
        }

        _forwarders.Add(module, index);
        return index;
    }
}
