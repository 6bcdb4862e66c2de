using System;
using System.Runtime.CompilerServices;
using ObjWatch.Trace.Format;

namespace ObjWatch.Values.Writing;

/// <summary>Writes a nullable value of one of the common types of <see cref="Primitive"/> without boxing it. Others are boxed.</summary>
internal static class NullablePrimitive
{
    /// <summary>Writes the value if T is one of them. Which it is, if any, is known once the method is compiled for its T.</summary>
    public static bool TryWrite<T>(RecordBuffer recorder, ref T value) =>
        TryWrite<T, int>(recorder, ref value) || TryWrite<T, bool>(recorder, ref value)
        || TryWrite<T, long>(recorder, ref value) || TryWrite<T, double>(recorder, ref value)
        || TryWrite<T, decimal>(recorder, ref value) || TryWrite<T, DateTime>(recorder, ref value)
        || TryWrite<T, Guid>(recorder, ref value) || TryWrite<T, TimeSpan>(recorder, ref value)
        || TryWrite<T, DateTimeOffset>(recorder, ref value) || TryWrite<T, float>(recorder, ref value)
        || TryWrite<T, byte>(recorder, ref value) || TryWrite<T, char>(recorder, ref value)
        || TryWrite<T, short>(recorder, ref value) || TryWrite<T, uint>(recorder, ref value)
        || TryWrite<T, ulong>(recorder, ref value);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool TryWrite<T, TUnderlying>(RecordBuffer recorder, ref T value)
        where TUnderlying : struct
    {
        if (typeof(T) != typeof(TUnderlying?))
            return false;
        TUnderlying? nullable = Unsafe.As<T, TUnderlying?>(ref value);
        if (nullable.HasValue)
            ValueWriter.WritePrimitive(recorder, nullable.GetValueOrDefault());
        else
            ValueWriter.WriteTag(recorder, ValueTag.Null);
        return true;
    }
}
