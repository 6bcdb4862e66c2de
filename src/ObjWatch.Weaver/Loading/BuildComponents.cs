using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Loading;

/// <summary>
/// Recognises libraries that compilers and builds load: source generators, analyzers, tasks and the like. Whatever loads them knows nothing
/// of ObjWatch.Runtime and does not find it, so that a woven one ends the build in which it is used.
/// </summary>
internal static class BuildComponents
{
    private static readonly Dictionary<string, string> _byAttribute = new()
    {
        ["Microsoft.CodeAnalysis.GeneratorAttribute"] = "a source generator",
        ["Microsoft.CodeAnalysis.Diagnostics.DiagnosticAnalyzerAttribute"] = "an analyzer",
        ["Microsoft.CodeAnalysis.CodeFixes.ExportCodeFixProviderAttribute"] = "a code fix",
        ["Microsoft.CodeAnalysis.CodeRefactorings.ExportCodeRefactoringProviderAttribute"] = "a code refactoring",
        ["Microsoft.FSharp.Core.CompilerServices.TypeProviderAttribute"] = "a type provider",
    };

    private static readonly Dictionary<string, string> _byBase = new()
    {
        ["Microsoft.Build.Framework.ITask"] = "a task of MSBuild",
        ["Microsoft.Build.Utilities.Task"] = "a task of MSBuild",
        ["Microsoft.Build.Utilities.ToolTask"] = "a task of MSBuild",
        ["Microsoft.Build.Utilities.AppDomainIsolatedTask"] = "a task of MSBuild",
        ["Microsoft.Build.Framework.ILogger"] = "a logger of MSBuild",
        ["Microsoft.Build.Utilities.Logger"] = "a logger of MSBuild",
        ["Microsoft.Build.Framework.SdkResolver"] = "a resolver of SDKs",
        ["Fody.BaseModuleWeaver"] = "an add-in of Fody",
        ["Mono.Linker.Steps.IStep"] = "a step of the trimmer",
        ["Mono.Linker.Steps.BaseStep"] = "a step of the trimmer",
    };

    /// <summary>What a library is to builds, with the type that makes it one; <see langword="null"/> for all others and for
    /// programs.</summary>
    public static string? Describe(LoadedAssembly assembly)
    {
        // What has an entry point is started and not loaded: a program that hosts MSBuild may well have tasks of its own.
        if (assembly.Module.Kind != ModuleKind.Dll)
            return null;
        foreach (TypeDefinition type in assembly.Module.GetTypes())
        {
            if (KindOf(type) is { } kind)
                return $"{type.FullName} is {kind}";
        }

        return null;
    }

    private static string? KindOf(TypeDefinition type)
    {
        if (type.IsAbstract || type.IsInterface)
            return null;
        return type.CustomAttributes.Select(attribute => Find(_byAttribute, attribute.AttributeType))
            .FirstOrDefault(kind => kind is not null)
            ?? BasesOf(type).Select(known => Find(_byBase, known)).FirstOrDefault(kind => kind is not null);
    }

    /// <summary>The classes and interfaces that a type is made from, the nearest first, as far as their assemblies are at hand.</summary>
    private static IEnumerable<TypeReference> BasesOf(TypeDefinition type)
    {
        for (TypeDefinition? current = type; current is not null; current = BaseOf(current))
        {
            foreach (InterfaceImplementation implemented in current.Interfaces)
                yield return implemented.InterfaceType;
            if (current.BaseType is not { } direct || direct.Namespace == "System")
                yield break;
            yield return direct;
        }
    }

    private static string? Find(Dictionary<string, string> kinds, TypeReference type) =>
        kinds.TryGetValue(type.FullName, out string? kind) ? kind : null;

    private static TypeDefinition? BaseOf(TypeDefinition type) => type.BaseType is { } parent ? TypeShapes.TryResolve(parent) : null;
}
