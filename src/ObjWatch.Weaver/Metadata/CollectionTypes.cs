using System.Collections.Generic;
using Mono.Cecil;

namespace ObjWatch.Weaver.Metadata;

/// <summary>Which types of fields may hold a collection that can grow or shrink. The runtime decides from the object itself.</summary>
internal static class CollectionTypes
{
    private static readonly HashSet<string> Names = new()
    {
        "System.Collections.Generic.List`1",
        "System.Collections.Generic.Dictionary`2",
        "System.Collections.Generic.HashSet`1",
        "System.Collections.Generic.Queue`1",
        "System.Collections.Generic.Stack`1",
        "System.Collections.Generic.LinkedList`1",
        "System.Collections.Generic.SortedDictionary`2",
        "System.Collections.Generic.SortedList`2",
        "System.Collections.Generic.SortedSet`1",
        "System.Collections.Generic.PriorityQueue`2",
        "System.Collections.Generic.IList`1",
        "System.Collections.Generic.ICollection`1",
        "System.Collections.Generic.IEnumerable`1",
        "System.Collections.Generic.IReadOnlyList`1",
        "System.Collections.Generic.IReadOnlyCollection`1",
        "System.Collections.Generic.IDictionary`2",
        "System.Collections.Generic.IReadOnlyDictionary`2",
        "System.Collections.Generic.ISet`1",
        "System.Collections.Generic.IReadOnlySet`1",
        "System.Collections.ObjectModel.Collection`1",
        "System.Collections.ObjectModel.ObservableCollection`1",
        "System.Collections.Concurrent.ConcurrentQueue`1",
        "System.Collections.Concurrent.ConcurrentStack`1",
        "System.Collections.ArrayList",
        "System.Collections.Hashtable",
        "System.Collections.Queue",
        "System.Collections.Stack",
        "System.Collections.SortedList",
        "System.Collections.IList",
        "System.Collections.ICollection",
        "System.Collections.IDictionary",
        "System.Collections.IEnumerable",
        "System.Text.StringBuilder",
    };

    /// <summary>Whether a variable of the type may hold such a collection. One that holds the address of another (<c>ref
    /// List&lt;int&gt;</c>) does not.</summary>
    public static bool MayHold(TypeReference type)
    {
        TypeReference plain = TypeShapes.WithoutModifiers(type);
        return Names.Contains(plain is GenericInstanceType instance ? instance.ElementType.FullName : plain.FullName);
    }
}
