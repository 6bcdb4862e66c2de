using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Selecting;

/// <summary>What the source calls the members of a module, and how they hang together.</summary>
internal static class Members
{
    /// <summary>A type with the types it is nested in, outermost first.</summary>
    public static IReadOnlyList<TypeDefinition> Chain(TypeDefinition type)
    {
        var chain = new List<TypeDefinition>();
        for (TypeDefinition? current = type; current is not null; current = current.DeclaringType)
            chain.Insert(0, current);
        return chain;
    }

    /// <summary>The namespace a type stands in, nested or not.</summary>
    public static string NamespaceOf(TypeDefinition type)
    {
        while (type.DeclaringType is not null)
            type = type.DeclaringType;
        return type.Namespace;
    }

    /// <summary>The property or event that a method is an accessor of.</summary>
    public static IMemberDefinition? OwnerOf(MethodDefinition method)
    {
        if (!method.IsSpecialName || method.IsConstructor)
            return null;
        TypeDefinition type = method.DeclaringType;
        return (IMemberDefinition?)type.Properties.FirstOrDefault(property => property.GetMethod == method || property.SetMethod == method)
            ?? type.Events.FirstOrDefault(@event => @event.AddMethod == method || @event.RemoveMethod == method);
    }

    /// <summary>The accessors of a property or event.</summary>
    public static IEnumerable<MethodDefinition> AccessorsOf(IMemberDefinition member) => member switch
    {
        PropertyDefinition property => new[] { property.GetMethod, property.SetMethod }.Where(accessor => accessor is not null),
        EventDefinition @event => new[] { @event.AddMethod, @event.RemoveMethod }.Where(accessor => accessor is not null),
        _ => [],
    };

    /// <summary>Whether a member belongs to its type and not to an object.</summary>
    public static bool IsStatic(IMemberDefinition member) =>
        member is FieldDefinition field ? field.IsStatic : AccessorsOf(member).Any(accessor => accessor.IsStatic);

    /// <summary>Whether a member has the name; an explicit implementation also has that of the interface's member.</summary>
    public static bool HasName(IMemberDefinition member, NamePattern name)
    {
        if (name.Matches(member.Name))
            return true;
        int dot = member.Name.LastIndexOf('.');
        return dot > 0 && name.Matches(member.Name.Substring(dot + 1));
    }

    /// <summary>Whether the compiler made it: no source text names it.</summary>
    public static bool IsCompilerGenerated(IMemberDefinition member) =>
        member.Name.StartsWith("<", StringComparison.Ordinal) && !FileLocalTypes.IsName(member.Name);

    /// <summary>All types that the source names.</summary>
    public static IEnumerable<TypeDefinition> TypesOf(ModuleDefinition module) =>
        module.GetTypes().Where(type => !Chain(type).Any(IsCompilerGenerated));

    /// <summary>All fields, properties and events of a type that the source names.</summary>
    public static IEnumerable<IMemberDefinition> StateOf(TypeDefinition type) =>
        type.Fields.Concat<IMemberDefinition>(type.Properties).Concat(type.Events).Where(member => !IsCompilerGenerated(member));
}
