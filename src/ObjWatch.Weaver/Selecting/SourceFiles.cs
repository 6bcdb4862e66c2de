using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Selecting;

/// <summary>Which source files the members of a module stand in, as far as its symbols tell.</summary>
internal sealed class SourceFiles
{
    private readonly Dictionary<TypeDefinition, IReadOnlyCollection<string>> _ofTypes = new();
    private readonly Lazy<Dictionary<MethodDefinition, string>> _ofKickOffMethods;

    public SourceFiles(ModuleDefinition module) => _ofKickOffMethods = new(() => FindKickOffMethods(module));

    /// <summary>The file a method stands in; those of its type where it has no code of its own.</summary>
    public IReadOnlyCollection<string> Of(MethodDefinition method)
    {
        if (FileOf(method) is { } file || _ofKickOffMethods.Value.TryGetValue(method, out file))
            return [file];
        return Of(method.DeclaringType);
    }

    /// <summary>The files of a property's or event's accessors; a field belongs to all files that its type's methods stand in.</summary>
    public IReadOnlyCollection<string> Of(IMemberDefinition member)
    {
        string[] files = ModuleMembers.AccessorsOf(member).Select(FileOf).OfType<string>().Distinct().ToArray();
        return files.Length > 0 ? files : Of(member.DeclaringType);
    }

    private IReadOnlyCollection<string> Of(TypeDefinition type)
    {
        if (!_ofTypes.TryGetValue(type, out IReadOnlyCollection<string>? files))
            _ofTypes.Add(type, files = type.Methods.Select(FileOf).OfType<string>().Distinct().ToArray());
        return files;
    }

    private static string? FileOf(MethodDefinition method)
    {
        if (!method.HasBody || !method.Module.HasSymbols)
            return null;
        foreach (SequencePoint point in method.DebugInformation.SequencePoints)
            return point.Document.Url;
        return null;
    }

    // The code of an async or iterator method stands in its state machine.
    private static Dictionary<MethodDefinition, string> FindKickOffMethods(ModuleDefinition module)
    {
        var files = new Dictionary<MethodDefinition, string>();
        foreach (MethodDefinition method in module.GetTypes().SelectMany(type => type.Methods).Where(method => method.Name == "MoveNext"))
        {
            if (FileOf(method) is { } file && method.DebugInformation.StateMachineKickOffMethod is { } kickOff)
                files[kickOff] = file;
        }

        return files;
    }
}
