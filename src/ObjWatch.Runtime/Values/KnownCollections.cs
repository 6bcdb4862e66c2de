using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using System.Runtime.CompilerServices;
using System.Text;

namespace ObjWatch.Values;

/// <summary>
/// The collections that may be asked for their count and elements, because doing so neither runs the program's code nor blocks. Only these
/// exact types: a class derived from one of them is the program's own.
/// </summary>
internal static class KnownCollections
{
    private static readonly HashSet<Type> _lists = [typeof(ObservableCollection<>)];

    private static readonly HashSet<Type> _sets =
    [
        typeof(Queue<>), typeof(Stack<>), typeof(LinkedList<>), typeof(SortedSet<>),
    ];

    private static readonly HashSet<Type> _dictionaries = [typeof(SortedDictionary<,>), typeof(SortedList<,>)];

    /// <summary>How a reference type is captured, and how its elements are counted.</summary>
    public static ShapeKind Classify(Type type, out Func<object, int>? count)
    {
        count = null;
        if (type.IsArray)
        {
            count = static value => (int)Math.Min(((Array)value).LongLength, int.MaxValue);
            return ShapeKind.List;
        }

        if (type == typeof(StringBuilder))
        {
            count = static value => ((StringBuilder)value).Length;
            return ShapeKind.Counted;
        }

        Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition == typeof(List<>))
            return WithCount(ShapeKind.List, out count, GenericCount(type, nameof(CountList)));
        if (definition == typeof(Dictionary<,>))
            return WithCount(ShapeKind.Dictionary, out count, GenericCount(type, nameof(CountDictionary)));
        if (_lists.Contains(definition) || definition == typeof(ArrayList))
            return WithCount(ShapeKind.List, out count);
        if (_sets.Contains(definition))
            return WithCount(ShapeKind.Set, out count);
        if (_dictionaries.Contains(definition) || definition == typeof(Hashtable))
            return WithCount(ShapeKind.Dictionary, out count);
        if (definition == typeof(HashSet<>))
        {
            count = GenericCount(type, nameof(CountSet));
            return ShapeKind.Set;
        }
#if NET
        if (definition == typeof(PriorityQueue<,>))
        {
            count = GenericCount(type, nameof(CountPriorityQueue));
            return ShapeKind.Counted;
        }
#endif
        return ShapeKind.Object;
    }

    private static ShapeKind WithCount(ShapeKind kind, out Func<object, int> count, Func<object, int>? typed = null)
    {
        count = typed ?? (static value => ((ICollection)value).Count);
        return kind;
    }

    /// <summary>A count for a collection that has no untyped face, or that is met so often that an interface call is too slow.</summary>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where code can be generated.")]
    [UnconditionalSuppressMessage("Trimming", "IL2060", Justification = "The method's type parameters have no requirements.")]
    private static Func<object, int>? GenericCount(Type type, string method)
    {
        if (type.ContainsGenericParameters)
            return null;
#if NET
        // Compiled ahead of time there is no code for every T: such a collection is then not counted.
        if (RuntimeFeature.IsDynamicCodeSupported)
        {
            MethodInfo open = typeof(KnownCollections).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!;
            return open.MakeGenericMethod(type.GetGenericArguments()).CreateDelegate<Func<object, int>>();
        }

        return null;
#else
        MethodInfo open = typeof(KnownCollections).GetMethod(method, BindingFlags.Static | BindingFlags.NonPublic)!;
        return (Func<object, int>)open.MakeGenericMethod(type.GetGenericArguments()).CreateDelegate(typeof(Func<object, int>));
#endif
    }

    private static int CountList<T>(object value) => ((List<T>)value).Count;

    private static int CountDictionary<TKey, TValue>(object value)
        where TKey : notnull => ((Dictionary<TKey, TValue>)value).Count;

    private static int CountSet<T>(object value) => ((HashSet<T>)value).Count;

#if NET
    private static int CountPriorityQueue<TElement, TPriority>(object value) => ((PriorityQueue<TElement, TPriority>)value).Count;
#endif
}
