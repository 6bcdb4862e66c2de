using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>What holds a field that is accessed.</summary>
internal static class FieldOwner
{
    /// <summary>Whether what holds the field is an object that the trace numbers: no struct, and no closure.</summary>
    public static bool HasIdentity(FieldReference field, WatchedField watched) =>
        watched.Kind == MemberKind.Instance && !field.DeclaringType.IsValueType;

    /// <summary>What the stack holds below the value: the object, or a pointer to the struct.</summary>
    /// <param name="field">The field.</param>
    /// <param name="accessor">The type whose code accesses it.</param>
    /// <remarks>A protected field may only be used through the type that uses it, or one nested around that (ECMA-335, I.8.5.3.2), not
    /// through the one that declares it.</remarks>
    public static TypeReference TypeOf(FieldReference field, TypeDefinition accessor)
    {
        if (field.DeclaringType.IsValueType)
            return new ByReferenceType(field.DeclaringType);
        if (WatchedMembers.Definition(field) is { IsFamily: true } or { IsFamilyAndAssembly: true })
        {
            for (TypeDefinition? user = accessor; user != null; user = user.DeclaringType)
            {
                if (DerivesFrom(user, field.DeclaringType.GetElementType()))
                    return GenericTypes.SelfInstance(user);
            }
        }

        return field.DeclaringType;
    }

    private static bool DerivesFrom(TypeDefinition type, TypeReference ancestor)
    {
        TypeReference? parent = type.BaseType?.GetElementType();
        while (parent is TypeDefinition definition && definition != ancestor)
            parent = definition.BaseType?.GetElementType();
        return parent != null && parent == ancestor;
    }
}
