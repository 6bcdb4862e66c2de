using System;
using System.Collections.Generic;
using System.Globalization;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Trace.Selecting;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Selecting;

/// <summary>What the source calls the members of a module, and how they hang together.</summary>
internal static class ModuleMembers
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
        return FunctionalNames.IsStartup(type) ? "" : type.Namespace;
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

    /// <summary>A type's name as in the source, and the number of its own type parameters.</summary>
    public static TypeName NameOf(TypeDefinition type)
    {
        string name = FileLocalTypes.SourceName(type.Name);
        int tick = name.LastIndexOf('`');
        return tick > 0 && int.TryParse(name.Substring(tick + 1), NumberStyles.None, CultureInfo.InvariantCulture, out int arity)
            ? new TypeName(name.Substring(0, tick), arity)
            : new TypeName(name, 0);
    }

    /// <summary>A method as targets see it.</summary>
    public static TargetSubject Subject(MethodDefinition method, SourceFiles files) =>
        new(NamespaceOf(method.DeclaringType), Types(method), method.Name, () => files.Of(method))
        {
            IsMethod = true,
            Owner = OwnerOf(method) is { } owner ? Subject(owner, files) : null,
        };

    /// <summary>A field, property or event as targets see it.</summary>
    public static TargetSubject Subject(IMemberDefinition member, SourceFiles files) =>
        new(NamespaceOf(member.DeclaringType), Types(member), member.Name, () => files.Of(member)) { IsStatic = IsStatic(member) };

    /// <summary>Whether the compiler made it: no source text names it.</summary>
    public static bool IsCompilerGenerated(IMemberDefinition member) =>
        member.Name.StartsWith("<", StringComparison.Ordinal) && !FileLocalTypes.IsName(member.Name);

    /// <summary>All types that the source names.</summary>
    public static IEnumerable<TypeDefinition> TypesOf(ModuleDefinition module) =>
        module.GetTypes().Where(type => !Chain(type).Any(IsCompilerGenerated));

    /// <summary>All fields, properties and events of a type that the source names.</summary>
    public static IEnumerable<IMemberDefinition> StateOf(TypeDefinition type) =>
        type.Fields.Concat<IMemberDefinition>(type.Properties).Concat(type.Events).Where(member => !IsCompilerGenerated(member));

    private static TypeName[] Types(IMemberDefinition member) => Chain(member.DeclaringType).Select(NameOf).ToArray();
}
