using System;
using System.Runtime.CompilerServices;

namespace ObjWatch.Values.Shapes;

/// <summary>What is known of a value type at compile time, once for each.</summary>
internal static class ValueFacts<T>
{
    private static readonly bool _isNullable = Nullable.GetUnderlyingType(typeof(T)) != null;

    /// <summary>Whether the bits of a T are all there is to it.</summary>
    public static bool HoldsNoReferences
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
#if NET
        get => !RuntimeHelpers.IsReferenceOrContainsReferences<T>();
#else
        get => typeof(T).IsPrimitive || typeof(T).IsEnum;
#endif
    }

    /// <summary>Whether T is a structure with fields to show, and not one that is boxed as something else.</summary>
    public static bool IsPlainStructure
    {
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        get => Shape.Kind is ShapeKind.Struct or ShapeKind.Tuple && !_isNullable;
    }

    /// <summary>How a T is captured.</summary>
    public static TypeShape Shape => Shapes.Own;

    /// <summary>For each byte of a T whether it belongs to a field; null where all do, or nobody can tell.</summary>
    public static bool[]? Meaning => Bytes.Meaning;

    private static class Shapes
    {
        public static readonly TypeShape Own = TypeShape.Of(typeof(T));
    }

    private static class Bytes
    {
        public static readonly bool[]? Meaning = Padding.Find(typeof(T), Unsafe.SizeOf<T>());
    }
}
