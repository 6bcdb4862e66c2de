using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using ObjWatch.Recording;

namespace ObjWatch.Values;

/// <summary>Writes the first elements of an array or a list of primitives as what they are: the untyped way boxes each of them.</summary>
internal static class PrimitiveElements
{
    /// <summary>Writes so many elements of a collection of the type; null where there is only the untyped way.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where code can be generated.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method's type parameter has no requirements.")]
    public static Action<ThreadRecorder, object, int>? WriterFor(Type type)
    {
#if NET
        bool isList = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(List<>);
        if (!RuntimeFeature.IsDynamicCodeSupported || !(isList || type.IsSZArray))
            return null;
        Type element = isList ? type.GetGenericArguments()[0] : type.GetElementType()!;
        return !BoxedPrimitive.Is(element) ? null : typeof(PrimitiveElements)
            .GetMethod(isList ? nameof(WriteList) : nameof(WriteArray), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(element).CreateDelegate<Action<ThreadRecorder, object, int>>();
#else
        return null;
#endif
    }

#if NET
    private static void WriteList<T>(ThreadRecorder recorder, object value, int stored)
    {
        var list = (List<T>)value;
        for (int i = 0; i < stored; i++)
            ValueWriter.WritePrimitive(recorder, list[i]);
    }

    private static void WriteArray<T>(ThreadRecorder recorder, object value, int stored)
    {
        var array = (T[])value;
        for (int i = 0; i < stored; i++)
            ValueWriter.WritePrimitive(recorder, array[i]);
    }
#endif
}
