using System;
using System.Runtime.CompilerServices;

namespace ObjWatch.Values.Shapes;

/// <summary>The shapes of the types a thread met last.</summary>
internal sealed class ShapeCache
{
    private const int Size = 32;

    private readonly (Type? Type, TypeShape? Shape)[] _entries = new (Type?, TypeShape?)[Size];

    /// <summary>How values of a type are captured.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TypeShape Of(Type type)
    {
        ref (Type? Type, TypeShape? Shape) entry = ref _entries[RuntimeHelpers.GetHashCode(type) & (Size - 1)];
        return ReferenceEquals(entry.Type, type) ? entry.Shape! : Find(type, ref entry);
    }

    /// <summary>As <see cref="Of"/>, if it is remembered.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public TypeShape? TryGet(Type type)
    {
        ref (Type? Type, TypeShape? Shape) entry = ref _entries[RuntimeHelpers.GetHashCode(type) & (Size - 1)];
        return ReferenceEquals(entry.Type, type) ? entry.Shape : null;
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private static TypeShape Find(Type type, ref (Type? Type, TypeShape? Shape) entry)
    {
        TypeShape shape = TypeShape.Of(type);
#if NET
        // What is remembered here lives as long as the thread: not for types that may be unloaded.
        if (!type.IsCollectible)
            entry = (type, shape);
#endif
        return shape;
    }
}
