using System;
using System.Runtime.CompilerServices;
using ObjWatch.Trace.Format;

namespace ObjWatch.Values.Writing;

/// <summary>Values of fixed size that are written as they lie in memory. Every test here is a constant once the method is compiled for its
/// T.</summary>
internal static unsafe class Primitive
{
    /// <summary>Most bytes one of them takes, tag included.</summary>
    public const int MaximumSize = 17;

    private const uint HalfOf16Bits = 1u << 15;
    private const ulong HalfOf32Bits = 1ul << 31;

    /// <summary>Whether T is one of them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static bool Is<T>() => Tag<T>() != ValueTag.Void;

    /// <summary>Writes a value of such a type, its tag in front.</summary>
    /// <returns>The place behind it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* Write<T>(byte* place, T value)
    {
        *place = (byte)Tag<T>();
        return WriteBits(place + 1, value);
    }

    /// <summary>Writes two values of such a type without their tags, small ones in fewer bytes.</summary>
    /// <param name="place">Where, a multiple of four.</param>
    /// <param name="oldValue">The first.</param>
    /// <param name="newValue">The second.</param>
    /// <param name="type">How they were written.</param>
    /// <returns>The place behind them, a multiple of four.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static byte* WritePair<T>(byte* place, T oldValue, T newValue, out ValueTag type)
    {
        type = Tag<T>();
        if (typeof(T) == typeof(int))
        {
            uint before = Unsafe.As<T, uint>(ref oldValue), after = Unsafe.As<T, uint>(ref newValue);
            if (((before + HalfOf16Bits) | (after + HalfOf16Bits)) <= ushort.MaxValue)
            {
                type = StoreCode.Int32In16Bits;
                *(uint*)place = (before & ushort.MaxValue) | (after << 16);
                return place + 4;
            }
        }

        if (typeof(T) == typeof(long))
        {
            ulong before = Unsafe.As<T, ulong>(ref oldValue), after = Unsafe.As<T, ulong>(ref newValue);
            if (((before + HalfOf32Bits) | (after + HalfOf32Bits)) <= uint.MaxValue)
            {
                if (((before + HalfOf16Bits) | (after + HalfOf16Bits)) <= ushort.MaxValue)
                {
                    type = StoreCode.Int64In16Bits;
                    *(uint*)place = ((uint)before & ushort.MaxValue) | ((uint)after << 16);
                    return place + 4;
                }

                type = StoreCode.Int64In32Bits;
                *(uint*)place = (uint)before;
                *(uint*)(place + 4) = (uint)after;
                return place + 8;
            }
        }

        byte* end = WriteBits(WriteBits(place, oldValue), newValue);
        return place + (((end - place) + 3) & ~3);
    }

    /// <summary>Writes a value of such a type without its tag.</summary>
    /// <returns>The place behind it.</returns>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static byte* WriteBits<T>(byte* place, T value)
    {
        if (typeof(T) == typeof(bool))
        {
            *place = Unsafe.As<T, byte>(ref value) == 0 ? (byte)0 : (byte)1;
            return place + 1;
        }

        if (typeof(T) == typeof(nint))
        {
            Unsafe.WriteUnaligned(place, (long)Unsafe.As<T, nint>(ref value));
            return place + 8;
        }

        if (typeof(T) == typeof(nuint))
        {
            Unsafe.WriteUnaligned(place, (ulong)Unsafe.As<T, nuint>(ref value));
            return place + 8;
        }

        if (typeof(T) == typeof(DateTime))
        {
            Unsafe.WriteUnaligned(place, Unsafe.As<T, DateTime>(ref value).Ticks);
            place[8] = (byte)Unsafe.As<T, DateTime>(ref value).Kind;
            return place + 9;
        }

        if (typeof(T) == typeof(DateTimeOffset))
        {
            Unsafe.WriteUnaligned(place, Unsafe.As<T, DateTimeOffset>(ref value).Ticks);
            Unsafe.WriteUnaligned(place + 8, (short)(Unsafe.As<T, DateTimeOffset>(ref value).Offset.Ticks / TimeSpan.TicksPerMinute));
            return place + 10;
        }

        if (typeof(T) == typeof(decimal))
            return WriteDecimal(place, Unsafe.As<T, decimal>(ref value));

        Unsafe.WriteUnaligned(place, value);
        return place + Unsafe.SizeOf<T>();
    }

    private static byte* WriteDecimal(byte* place, decimal value)
    {
#if NET
        Span<int> parts = stackalloc int[4];
        decimal.GetBits(value, parts);
#else
        int[] parts = decimal.GetBits(value);
#endif
        for (int i = 0; i < 4; i++)
            Unsafe.WriteUnaligned(place + (4 * i), parts[i]);
        return place + 16;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static ValueTag Tag<T>()
    {
        if (typeof(T) == typeof(int))
            return ValueTag.Int32;
        if (typeof(T) == typeof(bool))
            return ValueTag.Boolean;
        if (typeof(T) == typeof(long))
            return ValueTag.Int64;
        if (typeof(T) == typeof(double))
            return ValueTag.Double;
        if (typeof(T) == typeof(byte))
            return ValueTag.Byte;
        if (typeof(T) == typeof(char))
            return ValueTag.Char;
        if (typeof(T) == typeof(float))
            return ValueTag.Single;
        if (typeof(T) == typeof(short))
            return ValueTag.Int16;
        if (typeof(T) == typeof(uint))
            return ValueTag.UInt32;
        if (typeof(T) == typeof(ulong))
            return ValueTag.UInt64;
        if (typeof(T) == typeof(ushort))
            return ValueTag.UInt16;
        if (typeof(T) == typeof(sbyte))
            return ValueTag.SByte;
        if (typeof(T) == typeof(nint))
            return ValueTag.IntPtr;
        if (typeof(T) == typeof(nuint))
            return ValueTag.UIntPtr;
        if (typeof(T) == typeof(DateTime))
            return ValueTag.DateTime;
        if (typeof(T) == typeof(TimeSpan))
            return ValueTag.TimeSpan;
        if (typeof(T) == typeof(DateTimeOffset))
            return ValueTag.DateTimeOffset;
        if (typeof(T) == typeof(Guid))
            return ValueTag.Guid;
        if (typeof(T) == typeof(decimal))
            return ValueTag.Decimal;
#if NET
        if (typeof(T) == typeof(Half))
            return ValueTag.Half;
        if (typeof(T) == typeof(Int128))
            return ValueTag.Int128;
        if (typeof(T) == typeof(UInt128))
            return ValueTag.UInt128;
        if (typeof(T) == typeof(DateOnly))
            return ValueTag.DateOnly;
        if (typeof(T) == typeof(TimeOnly))
            return ValueTag.TimeOnly;
#endif
        return ValueTag.Void;
    }
}
