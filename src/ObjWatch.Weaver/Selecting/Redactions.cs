using System.Linq;
using Mono.Cecil;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Selecting;

/// <summary>What the source keeps out of traces with <c>[ObjWatchRedact]</c>. The patterns of names that do the same are the runtime's
/// affair.</summary>
internal static class Redactions
{
    /// <summary>The attribute's full name.</summary>
    public const string Attribute = "ObjWatch.ObjWatchRedactAttribute";

    /// <summary>Whether a field, or the property or primary constructor's parameter it was made of, bears the attribute.</summary>
    /// <param name="field">The field.</param>
    /// <param name="member">The member of the source that it belongs to.</param>
    /// <param name="name">The member's name.</param>
    public static bool OfMember(FieldDefinition field, IMemberDefinition member, string name) =>
        Bears(field) || Bears(member) || OfConstructorParameter(field.DeclaringType, name);

    /// <summary>Whether a captured variable is a parameter that bears the attribute.</summary>
    public static bool OfCaptured(FieldDefinition field, string variable) =>
        SourceMembers.SourceType(field.DeclaringType).Methods.Any(m => m.Parameters.Any(p => p.Name == variable && Bears(p)));

    /// <summary>Whether a parameter, or the property that a setter sets, bears the attribute.</summary>
    public static bool OfParameter(MethodDefinition method, ParameterDefinition parameter) =>
        Bears(parameter) || (OfOwner(method) && parameter.Index == method.Parameters.Count - 1 && !method.IsGetter);

    /// <summary>Whether a result, or the property that a getter gets, bears the attribute.</summary>
    public static bool OfResult(MethodDefinition method) => Bears(method.MethodReturnType) || (method.IsGetter && OfOwner(method));

    private static bool OfOwner(MethodDefinition method) => ModuleMembers.OwnerOf(method) is PropertyDefinition property
        && (Bears(property) || OfConstructorParameter(property.DeclaringType, property.Name));

    /// <summary>The compiler makes a property or a field of a record's or class's primary constructor's parameter, and leaves the attribute
    /// on the parameter.</summary>
    private static bool OfConstructorParameter(TypeDefinition type, string name) =>
        type.Methods.Any(m => m.IsConstructor && m.Parameters.Any(p => p.Name == name && Bears(p)));

    /// <summary>Whether a member or parameter bears the attribute itself.</summary>
    public static bool Bears(ICustomAttributeProvider provider) =>
        provider.HasCustomAttributes && provider.CustomAttributes.Any(a => a.AttributeType.FullName == Attribute);
}
