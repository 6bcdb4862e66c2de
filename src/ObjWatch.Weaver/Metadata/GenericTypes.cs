using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Metadata;

/// <summary>Generic types as the code inside and outside of them must name them.</summary>
internal static class GenericTypes
{
    /// <summary>The type as its own methods see it: <c>Box`1</c> is <c>Box&lt;T&gt;</c> there. (A reference to the bare definition is
    /// invalid IL: cecil#954.)</summary>
    public static TypeReference SelfInstance(TypeDefinition type)
    {
        if (!type.HasGenericParameters)
            return type;
        var self = new GenericInstanceType(type);
        foreach (GenericParameter parameter in type.GenericParameters)
            self.GenericArguments.Add(parameter);
        return self;
    }

    /// <summary>A field as code that names its declaring type like this must name it.</summary>
    public static FieldReference FieldOf(TypeReference declaring, FieldReference field) =>
        declaring is GenericInstanceType ? new FieldReference(field.Name, field.FieldType, declaring) : field;

    /// <summary>The base type as seen through a type: of <c>Derived&lt;int&gt;</c> it is <c>Base&lt;int&gt;</c>.</summary>
    public static TypeReference? BaseOf(TypeReference type)
    {
        TypeReference? parent = ((TypeDefinition)type.GetElementType()).BaseType;
        return parent != null && type is GenericInstanceType instance ? Substitute(parent, instance) : parent;
    }

    /// <summary>The type of a field as seen through the reference's declaring type: <c>!0</c> of <c>Box&lt;int&gt;</c> is
    /// <c>int</c>.</summary>
    public static TypeReference FieldType(FieldReference field) =>
        field.DeclaringType is GenericInstanceType instance ? Substitute(field.FieldType, instance) : field.FieldType;

    /// <summary>Replaces the type parameters of the instance's definition by its arguments.</summary>
    public static TypeReference Substitute(TypeReference type, GenericInstanceType instance) => type switch
    {
        GenericParameter { Type: GenericParameterType.Type } parameter when parameter.Position < instance.GenericArguments.Count =>
            instance.GenericArguments[parameter.Position],
        GenericInstanceType generic => SubstituteArguments(generic, instance),
        ArrayType array => SubstituteArray(array, instance),
        ByReferenceType reference => new ByReferenceType(Substitute(reference.ElementType, instance)),
        PointerType pointer => new PointerType(Substitute(pointer.ElementType, instance)),
        PinnedType pinned => new PinnedType(Substitute(pinned.ElementType, instance)),
        RequiredModifierType required => new RequiredModifierType(required.ModifierType, Substitute(required.ElementType, instance)),
        OptionalModifierType optional => new OptionalModifierType(optional.ModifierType, Substitute(optional.ElementType, instance)),
        _ => type,
    };

    private static GenericInstanceType SubstituteArguments(GenericInstanceType generic, GenericInstanceType instance)
    {
        var result = new GenericInstanceType(generic.ElementType) { IsValueType = generic.IsValueType };
        foreach (TypeReference argument in generic.GenericArguments.Select(a => Substitute(a, instance)))
            result.GenericArguments.Add(argument);
        return result;
    }

    private static ArrayType SubstituteArray(ArrayType array, GenericInstanceType instance)
    {
        TypeReference element = Substitute(array.ElementType, instance);
        if (array.IsVector)
            return new ArrayType(element);
        var result = new ArrayType(element, array.Rank);
        for (int i = 0; i < array.Rank; i++)
            result.Dimensions[i] = array.Dimensions[i];
        return result;
    }
}
