using System.Collections.Generic;
using Mono.Cecil;

namespace ObjWatch.Weaver.Metadata;

/// <summary>The fields that an object has, as far as its classes stand in the module.</summary>
internal static class InheritedFields
{
    /// <summary>The fields that code of a class may name, each with the class that declares it as that code names it; the class's own come
    /// first.</summary>
    public static IEnumerable<(FieldDefinition Field, TypeReference Declaring)> Of(TypeReference? type)
    {
        for (bool own = true; type?.GetElementType() is TypeDefinition definition; own = false)
        {
            foreach (FieldDefinition field in definition.Fields)
            {
                if (!field.IsStatic && (own || !field.IsPrivate))
                    yield return (field, type);
            }

            type = GenericTypes.BaseOf(type);
        }
    }
}
