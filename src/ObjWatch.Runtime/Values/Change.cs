using System;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using ObjWatch.Values.Shapes;
using ObjWatch.Values.Writing;

namespace ObjWatch.Values;

/// <summary>
/// What counts as a change: another bit pattern for value types, another reference for classes. Two strings with the same
/// contents are no change: a trace shows a string's contents only, and <c>"a" -> "a"</c> would say nothing. Nor is padding.
/// </summary>
internal static class Change
{
    /// <summary>Whether a store of <paramref name="newValue"/> over <paramref name="oldValue"/> changes anything.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Happened<T>(ref T oldValue, ref T newValue)
    {
        if (!typeof(T).IsValueType)
            return OfReference(oldValue, newValue);
        if (Primitive.Is<T>())
            return !SameBits(ref oldValue, ref newValue);
        return ValueFacts<T>.HoldsNoReferences
            ? !SameBits(ref oldValue, ref newValue) && !SameMeaning(ref oldValue, ref newValue)
            : OfMixed(ref oldValue, ref newValue);
    }

    /// <summary>As <see cref="Happened{T}"/>, for references.</summary>
    public static bool OfReference(object? oldValue, object? newValue) =>
        !ReferenceEquals(oldValue, newValue)
        && !(oldValue is string before && newValue is string after && string.Equals(before, after, StringComparison.Ordinal));

    /// <summary>Whether two values have the same bits.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool SameBits<T>(ref T left, ref T right)
    {
        switch (Unsafe.SizeOf<T>())
        {
            case 1:
                return Unsafe.As<T, byte>(ref left) == Unsafe.As<T, byte>(ref right);
            case 2:
                return Unsafe.As<T, short>(ref left) == Unsafe.As<T, short>(ref right);
            case 4:
                return Unsafe.As<T, int>(ref left) == Unsafe.As<T, int>(ref right);
            case 8:
                return Unsafe.As<T, long>(ref left) == Unsafe.As<T, long>(ref right);
            default:
                return Bytes(ref left).SequenceEqual(Bytes(ref right));
        }
    }

    /// <summary>A structure that holds references: their bits may only be compared while no collection moves the objects.</summary>
    private static bool OfMixed<T>(ref T oldValue, ref T newValue)
    {
        while (true)
        {
            int collections = GC.CollectionCount(0);
            bool same = SameBits(ref oldValue, ref newValue) || SameMeaning(ref oldValue, ref newValue);
            if (collections == GC.CollectionCount(0))
                return !same;
        }
    }

    /// <summary>Whether two structures that differ do so in their padding only.</summary>
    private static bool SameMeaning<T>(ref T left, ref T right)
    {
        if (ValueFacts<T>.Meaning is not { } meaning)
            return false;
        ReadOnlySpan<byte> one = Bytes(ref left);
        ReadOnlySpan<byte> other = Bytes(ref right);
        for (int i = 0; i < meaning.Length; i++)
        {
            if (meaning[i] && one[i] != other[i])
                return false;
        }

        return true;
    }

    private static unsafe ReadOnlySpan<byte> Bytes<T>(ref T value)
    {
#if NET
        return MemoryMarshal.CreateReadOnlySpan(ref Unsafe.As<T, byte>(ref value), Unsafe.SizeOf<T>());
#else
        // The callers' values are parameters on this thread's stack, which nothing moves.
        return new ReadOnlySpan<byte>(Unsafe.AsPointer(ref value), Unsafe.SizeOf<T>());
#endif
    }
}
