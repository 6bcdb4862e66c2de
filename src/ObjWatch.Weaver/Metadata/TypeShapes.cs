using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Metadata;

/// <summary>Answers, for one module, how values of a type can be handed to a probe.</summary>
internal sealed class TypeShapes
{
    private const ushort AllowByRefLike = 0x20; // GenericParamAttributes.AllowByRefLike, ECMA-335 augments of .NET 9
    private readonly Dictionary<string, bool> _byRefLike = new();

    /// <summary>The shape of <paramref name="type"/>, whose type parameters are already those of the using method.</summary>
    public ValueShape Of(TypeReference type)
    {
        type = WithoutModifiers(type);
        switch (type)
        {
            case ByReferenceType or SentinelType:
                return ValueShape.Opaque;
            case PointerType or FunctionPointerType:
                return ValueShape.Pointer;
            case ArrayType:
                return ValueShape.Reference;
            case GenericParameter parameter:
                return ((ushort)parameter.Attributes & AllowByRefLike) != 0 ? ValueShape.Opaque : ValueShape.Value;
        }

        switch (type.MetadataType)
        {
            case MetadataType.Void:
                return ValueShape.None;
            case MetadataType.TypedByReference:
                return ValueShape.Opaque;
            case >= MetadataType.Boolean and <= MetadataType.Double or MetadataType.IntPtr or MetadataType.UIntPtr:
                return ValueShape.Value;
        }

        if (!type.IsValueType)
            return ValueShape.Reference;
        return IsByRefLike(type) ? ValueShape.Opaque : ValueShape.Value;
    }

    /// <summary>The type without custom modifiers and pinning. (An init accessor returns <c>void modreq(IsExternalInit)</c>.)</summary>
    public static TypeReference WithoutModifiers(TypeReference type)
    {
        while (true)
        {
            switch (type)
            {
                case IModifierType modified:
                    type = modified.ElementType;
                    break;
                case PinnedType pinned:
                    type = pinned.ElementType;
                    break;
                default:
                    return type;
            }
        }
    }

    /// <summary>Whether the value type is by-ref-like. One that cannot be resolved counts as such: boxing a span would break the
    /// program.</summary>
    private bool IsByRefLike(TypeReference type)
    {
        TypeReference element = type.GetElementType();
        if (_byRefLike.TryGetValue(element.FullName, out bool known))
            return known;
        TypeDefinition? definition = TryResolve(element);
        if (definition == null)
            return true; // not kept: each method that needs the type is to be known
        bool byRefLike = definition.CustomAttributes
            .Any(a => a.AttributeType.FullName == "System.Runtime.CompilerServices.IsByRefLikeAttribute")
            || definition.FullName is "System.ArgIterator" or "System.RuntimeArgumentHandle" or "System.TypedReference";
        return _byRefLike[element.FullName] = byRefLike;
    }

    /// <summary>The definition, or <see langword="null"/> where its assembly is not at hand.</summary>
    public static TypeDefinition? TryResolve(TypeReference type)
    {
        try
        {
            return type.Resolve();
        }
        catch (AssemblyResolutionException)
        {
            return null;
        }
    }
}
