using System;
using System.Collections;
using System.Collections.Generic;
using System.Collections.ObjectModel;
using System.Text;
using ObjWatch.State;

namespace ObjWatch.Values.Shapes;

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
    public static ShapeKind Classify(Type type, out ElementCount? count)
    {
        count = null;
        if (type.IsArray)
        {
            count = ElementCount.Array;
            return ShapeKind.List;
        }

        if (type == typeof(StringBuilder))
        {
            count = ElementCount.Text;
            return ShapeKind.Counted;
        }

        Type definition = type.IsGenericType ? type.GetGenericTypeDefinition() : type;
        if (definition == typeof(List<>) || _lists.Contains(definition) || definition == typeof(ArrayList))
            return WithCount(ShapeKind.List, type, out count);
        if (_sets.Contains(definition))
            return WithCount(ShapeKind.Set, type, out count);
        if (definition == typeof(Dictionary<,>) || _dictionaries.Contains(definition) || definition == typeof(Hashtable))
            return WithCount(ShapeKind.Dictionary, type, out count);
        if (definition == typeof(HashSet<>))
        {
            count = ElementCount.Typed(type);
            return ShapeKind.Set;
        }
#if NET
        if (definition == typeof(PriorityQueue<,>))
        {
            count = ElementCount.Typed(type);
            return ShapeKind.Counted;
        }
#endif
        return ShapeKind.Object;
    }

    private static ShapeKind WithCount(ShapeKind kind, Type type, out ElementCount count)
    {
        count = (type.IsGenericType ? ElementCount.Typed(type) : null) ?? ElementCount.Untyped;
        return kind;
    }
}
