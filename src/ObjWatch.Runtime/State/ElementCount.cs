using System;
using System.Collections;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.Runtime.CompilerServices;
using System.Text;

namespace ObjWatch.State;

/// <summary>Tells how many elements a collection of one known type has. A class and not a delegate, because woven code asks it at every
/// look.</summary>
internal abstract class ElementCount
{
    /// <summary>The number of elements; -1 where it cannot be told, or where the collection is of another type. Throws nothing.</summary>
    public abstract int Of(object collection);

    /// <summary>A count by way of the untyped interface.</summary>
    public static ElementCount Untyped { get; } = new OfCollection();

    /// <summary>The length of an array.</summary>
    public static ElementCount Array { get; } = new OfArray();

    /// <summary>The length of a <see cref="StringBuilder"/>.</summary>
    public static ElementCount Text { get; } = new OfText();

    /// <summary>A count for a generic collection that has no untyped face, or that is met so often that an interface call is too
    /// slow.</summary>
    /// <param name="type">The collection's type.</param>
    /// <returns>Null where no code can be generated for it.</returns>
    [UnconditionalSuppressMessage("AOT", "IL3050", Justification = "Only reached where code can be generated.")]
    [UnconditionalSuppressMessage("Trimming", "IL2055", Justification = "The types' parameters have no requirements.")]
    [UnconditionalSuppressMessage("Trimming", "IL2072", Justification = "The constructors are used where the types are named.")]
    public static ElementCount? Typed(Type type)
    {
        if (type.ContainsGenericParameters)
            return null;
#if NET
        // Compiled ahead of time there is no code for every T.
        if (!RuntimeFeature.IsDynamicCodeSupported)
            return null;
#endif
        Type definition = type.GetGenericTypeDefinition();
        Type? counter = definition == typeof(List<>) ? typeof(OfList<>)
            : definition == typeof(Dictionary<,>) ? typeof(OfDictionary<,>)
            : definition == typeof(HashSet<>) ? typeof(OfSet<>)
#if NET
            : definition == typeof(PriorityQueue<,>) ? typeof(OfPriorityQueue<,>)
#endif
            : definition == typeof(Queue<>) ? typeof(OfQueue<>)
            : definition == typeof(Stack<>) ? typeof(OfStack<>)
            : null;
        return counter == null ? null : (ElementCount)Activator.CreateInstance(counter.MakeGenericType(type.GetGenericArguments()))!;
    }

    private sealed class OfCollection : ElementCount
    {
        public override int Of(object collection)
        {
            try
            {
                return collection is ICollection counted ? counted.Count : -1;
            }
            catch (NullReferenceException)
            {
                // Nothing has constructed it: some collections count what is not there then.
                return -1;
            }
        }
    }

    private sealed class OfArray : ElementCount
    {
        public override int Of(object collection) => collection is Array array ? (int)Math.Min(array.LongLength, int.MaxValue) : -1;
    }

    private sealed class OfText : ElementCount
    {
        public override int Of(object collection)
        {
            try
            {
                return collection is StringBuilder text ? text.Length : -1;
            }
            catch (NullReferenceException)
            {
                return -1;
            }
        }
    }

    // What follows keeps its count in a field of its own, which even an object has that nothing has constructed.
    private sealed class OfList<T> : ElementCount
    {
        public override int Of(object collection) => collection.GetType() == typeof(List<T>) ? Unsafe.As<List<T>>(collection).Count : -1;
    }

    private sealed class OfDictionary<TKey, TValue> : ElementCount
        where TKey : notnull
    {
        public override int Of(object collection) =>
            collection.GetType() == typeof(Dictionary<TKey, TValue>) ? Unsafe.As<Dictionary<TKey, TValue>>(collection).Count : -1;
    }

    private sealed class OfSet<T> : ElementCount
    {
        public override int Of(object collection) =>
            collection.GetType() == typeof(HashSet<T>) ? Unsafe.As<HashSet<T>>(collection).Count : -1;
    }

    private sealed class OfQueue<T> : ElementCount
    {
        public override int Of(object collection) => collection.GetType() == typeof(Queue<T>) ? Unsafe.As<Queue<T>>(collection).Count : -1;
    }

    private sealed class OfStack<T> : ElementCount
    {
        public override int Of(object collection) => collection.GetType() == typeof(Stack<T>) ? Unsafe.As<Stack<T>>(collection).Count : -1;
    }

#if NET
    private sealed class OfPriorityQueue<TElement, TPriority> : ElementCount
    {
        public override int Of(object collection) =>
            collection.GetType() == typeof(PriorityQueue<TElement, TPriority>)
                ? Unsafe.As<PriorityQueue<TElement, TPriority>>(collection).Count
                : -1;
    }
#endif
}
