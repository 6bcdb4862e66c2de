using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Redacting;

namespace ObjWatch.Values.Writing;

/// <summary>Writes the first elements of arrays, lists and dictionaries of value types as what they are: the untyped way boxes each of
/// them.</summary>
internal sealed class ElementWriter
{
    private readonly WriteFirst _write;

    private ElementWriter(WriteFirst write) => _write = write;

    private delegate bool WriteFirst(RecordBuffer recorder, object collection, int stored, Nesting nesting);

    /// <summary>Writes the first elements.</summary>
    /// <returns>Whether there were so many.</returns>
    public bool Write(RecordBuffer recorder, object collection, int stored, Nesting nesting) =>
        _write(recorder, collection, stored, nesting);

    /// <summary>The writer for collections of the type; null where there is only the untyped way, or that boxes nothing.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where code can be generated.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method's type parameters have no requirements.")]
    public static ElementWriter? For(Type type)
    {
#if NET
        if (!RuntimeFeature.IsDynamicCodeSupported || type.ContainsGenericParameters)
            return null;
        if (type.IsSZArray)
            return type.GetElementType() is { IsValueType: true } element ? Create(nameof(WriteArray), element) : null;
        Type? definition = type.IsGenericType ? type.GetGenericTypeDefinition() : null;
        Type[] arguments = type.GetGenericArguments();
        if (definition == typeof(List<>))
            return arguments[0].IsValueType ? Create(nameof(WriteList), arguments[0]) : null;
        return definition == typeof(Dictionary<,>) ? Create(nameof(WriteDictionary), arguments) : null;
#else
        return null;
#endif
    }

#if NET
    [RequiresDynamicCode("Makes generic methods.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method's type parameters have no requirements.")]
    private static ElementWriter Create(string method, params Type[] arguments) => new(
        typeof(ElementWriter).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(arguments).CreateDelegate<WriteFirst>());

    private static bool WriteList<T>(RecordBuffer recorder, object collection, int stored, Nesting nesting)
    {
        var list = (List<T>)collection;
        for (int i = 0; i < stored; i++)
        {
            T element = list[i];
            ValueWriter.WriteInner(recorder, ref element, nesting);
        }

        return true;
    }

    private static bool WriteArray<T>(RecordBuffer recorder, object collection, int stored, Nesting nesting)
    {
        var array = (T[])collection;
        for (int i = 0; i < stored; i++)
            ValueWriter.WriteInner(recorder, ref array[i], nesting);
        return true;
    }

    private static bool WriteDictionary<TKey, TValue>(RecordBuffer recorder, object collection, int stored, Nesting nesting)
        where TKey : notnull
    {
        Dictionary<TKey, TValue>.Enumerator pairs = ((Dictionary<TKey, TValue>)collection).GetEnumerator();
        for (int i = 0; i < stored; i++)
        {
            if (!pairs.MoveNext())
                return false;
            TKey key = pairs.Current.Key;
            TValue value = pairs.Current.Value;
            ValueWriter.WriteInner(recorder, ref key, nesting);
            if (!typeof(TKey).IsValueType && recorder.Rules.Redaction.MatchesKey(key))
                ValueWriter.WriteTag(recorder, ValueTag.Redacted);
            else
                ValueWriter.WriteInner(recorder, ref value, nesting);
        }

        return true;
    }
#endif
}
