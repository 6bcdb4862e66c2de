using System;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Loading;

/// <summary>What a runtime library says of the contract between woven code and it.</summary>
internal static class RuntimeContract
{
    private const string Namespace = nameof(ObjWatch) + "." + nameof(ObjWatch.Woven);

    /// <summary>What is wrong with a library that code of this weaver would call; <see langword="null"/> where nothing is.</summary>
    public static string? Obstacle(ModuleDefinition library)
    {
        if (library.GetType(Namespace, nameof(Probe)) is null)
            return $"{library.Name} has no type {Namespace}.{nameof(Probe)}";
        object? version = library.GetType(Namespace, nameof(WovenContract))?.Fields
            .FirstOrDefault(field => field.Name == nameof(WovenContract.Version))?.Constant;
        return version is WovenContract.Version
            ? null
            : $"{library.Name} has contract {version ?? "none"}, this weaver {WovenContract.Version}: they are of different versions";
    }

    /// <summary>A type of the contract.</summary>
    /// <exception cref="InvalidOperationException">The library has none, though its contract is this weaver's.</exception>
    public static TypeDefinition Find(ModuleDefinition library, string name) =>
        library.GetType(Namespace, name) ?? throw new InvalidOperationException($"{library.Name} has no type {Namespace}.{name}");
}
