using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Metadata;

/// <summary>Tells the structs that are too large to be copied to the stack only for a look at them: fixed buffers, inline arrays and what
/// holds them.</summary>
/// <remarks>A local takes its place in the frame of every call, traced or not: a method that calls itself would overflow the
/// stack.</remarks>
internal static class StructSizes
{
    private const int Largest = 64;
    private const int Reference = 8;

    /// <summary>Whether the type is a struct of more than a cache line.</summary>
    public static bool IsLarge(TypeReference type) => SizeOf(type, room: Largest) > Largest;

    /// <summary>The size, more or less: alignment is left out, and what goes beyond the room is not counted further.</summary>
    private static long SizeOf(TypeReference type, long room)
    {
        type = TypeShapes.WithoutModifiers(type);
        if (!type.IsValueType || type.IsPrimitive || room < 0 || TypeShapes.TryResolve(type) is not { IsEnum: false } definition)
            return Reference;
        long size = 0;
        foreach (FieldDefinition field in definition.Fields.Where(f => !f.IsStatic))
        {
            TypeReference fieldType = type is GenericInstanceType instance
                ? GenericTypes.Substitute(field.FieldType, instance)
                : field.FieldType;
            size += SizeOf(fieldType, room - size);
        }

        return System.Math.Max(size * InlineArrayLength(definition), definition.ClassSize);
    }

    private static int InlineArrayLength(TypeDefinition type) => type.CustomAttributes
        .FirstOrDefault(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.InlineArrayAttribute")
            is { HasConstructorArguments: true } attribute
            ? (int)attribute.ConstructorArguments[0].Value
            : 1;
}
