using System;

namespace ObjWatch.Values.Writing;

/// <summary>Writes a boxed value of one of the types of <see cref="Primitive"/>.</summary>
internal static class BoxedPrimitive
{
    /// <summary>Whether values of the type are written so.</summary>
    public static bool Is(Type type) =>
        (type.IsPrimitive && type != typeof(void)) || type == typeof(decimal) || type == typeof(DateTime) || type == typeof(TimeSpan)
        || type == typeof(DateTimeOffset) || type == typeof(Guid)
#if NET
        || type == typeof(Half) || type == typeof(Int128) || type == typeof(UInt128) || type == typeof(DateOnly) || type == typeof(TimeOnly)
#endif
        ;

    public static void Write(RecordBuffer recorder, object value)
    {
        switch (value)
        {
            case int v: ValueWriter.WritePrimitive(recorder, v); break;
            case bool v: ValueWriter.WritePrimitive(recorder, v); break;
            case long v: ValueWriter.WritePrimitive(recorder, v); break;
            case double v: ValueWriter.WritePrimitive(recorder, v); break;
            case byte v: ValueWriter.WritePrimitive(recorder, v); break;
            case char v: ValueWriter.WritePrimitive(recorder, v); break;
            case float v: ValueWriter.WritePrimitive(recorder, v); break;
            case short v: ValueWriter.WritePrimitive(recorder, v); break;
            case uint v: ValueWriter.WritePrimitive(recorder, v); break;
            case ulong v: ValueWriter.WritePrimitive(recorder, v); break;
            case ushort v: ValueWriter.WritePrimitive(recorder, v); break;
            case sbyte v: ValueWriter.WritePrimitive(recorder, v); break;
            case nint v: ValueWriter.WritePrimitive(recorder, v); break;
            case nuint v: ValueWriter.WritePrimitive(recorder, v); break;
            case decimal v: ValueWriter.WritePrimitive(recorder, v); break;
            case DateTime v: ValueWriter.WritePrimitive(recorder, v); break;
            case TimeSpan v: ValueWriter.WritePrimitive(recorder, v); break;
            case DateTimeOffset v: ValueWriter.WritePrimitive(recorder, v); break;
            case Guid v: ValueWriter.WritePrimitive(recorder, v); break;
#if NET
            case Half v: ValueWriter.WritePrimitive(recorder, v); break;
            case Int128 v: ValueWriter.WritePrimitive(recorder, v); break;
            case UInt128 v: ValueWriter.WritePrimitive(recorder, v); break;
            case DateOnly v: ValueWriter.WritePrimitive(recorder, v); break;
            case TimeOnly v: ValueWriter.WritePrimitive(recorder, v); break;
#endif
            default: ValueWriter.WriteOpaque(recorder); break;
        }
    }
}
