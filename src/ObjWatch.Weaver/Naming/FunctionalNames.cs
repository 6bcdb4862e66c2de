using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Naming;

/// <summary>The names that the F# compiler gives to what it makes: functions, sequences and object expressions become classes that are
/// named after what they are bound to or stand in, and the line (<c>take@40</c>, <c>main@129-1</c>), and the values of a module become
/// static fields of such names, if need be of a class of their own (<c>&lt;StartupCode$App&gt;.$Program</c>).</summary>
internal static class FunctionalNames
{
    private const string StartupNamespace = "<StartupCode$";

    // What sequences have besides the code of the source.
    private static readonly string[] _compilers = [".ctor", ".cctor", "GetFreshEnumerator", "get_CheckClose", "get_LastGenerated"];

    /// <summary>What stands before the line, or <see langword="null"/>. (<c>@</c> is part of no name that another compiler
    /// writes.)</summary>
    public static string? Bound(string name)
    {
        int at = name.LastIndexOf('@');
        return at > 0 && at < name.Length - 1 && name[at + 1] is >= '0' and <= '9' ? name.Substring(0, at) : null;
    }

    /// <summary>Whether the type is one of these classes.</summary>
    public static bool IsClosure(TypeDefinition type) => Bound(type.Name) != null;

    /// <summary>Whether the type holds what a file does when it is loaded. Its name is <c>$</c> and the file's module.</summary>
    public static bool IsStartup(TypeReference type) => type.Namespace.StartsWith(StartupNamespace, StringComparison.Ordinal);

    /// <summary>Whether the method is one of such a class and has code of the source.</summary>
    public static bool IsCode(MethodDefinition method) => IsClosure(method.DeclaringType) && !_compilers.Contains(method.Name);

    /// <summary>What the method is called behind the name of the type of the source: <c>take</c>, <c>main.&lt;lambda&gt;</c> where it
    /// stands in a method and has no name, <c>numbers.GenerateNext</c>.</summary>
    public static string DisplayName(MethodDefinition method, TypeDefinition source)
    {
        string bound = Bound(method.DeclaringType.Name)!;
        if (method.Name != "Invoke")
            return bound + "." + method.Name.Substring(method.Name.LastIndexOf('.') + 1);
        return source.Methods.Any(m => m.Name == bound) ? bound + ".<lambda>" : bound;
    }

    /// <summary>Whether all that the method does is to store a value of a module: F# writes it for <c>let mutable</c>.</summary>
    public static bool IsSetter(MethodDefinition method) =>
        method is { IsStatic: true, IsSetter: true } && method.Body.Instructions.Count == 3
        && method.Body.Instructions[1].OpCode.Code == Code.Stsfld && method.Body.Instructions[1].Operand is FieldDefinition field
        && Property(field) != null;

    /// <summary>The property by which the source names a static field, or <see langword="null"/>.</summary>
    public static PropertyDefinition? Property(FieldDefinition field)
    {
        if (Bound(field.Name) is not { } name)
            return null;
        IEnumerable<TypeDefinition> types = IsStartup(field.DeclaringType) ? field.Module.GetTypes() : [field.DeclaringType];
        return types.SelectMany(type => type.Properties)
            .FirstOrDefault(p =>
            p.Name == name && p.GetMethod is { HasBody: true } getter
                && getter.Body.Instructions.Any(i => i.OpCode.Code == Code.Ldsfld && i.Operand == field));
    }
}
