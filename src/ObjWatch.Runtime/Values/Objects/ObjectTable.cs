using ObjWatch.Recording;
using ObjWatch.State;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Shapes;
using ObjWatch.Woven;

namespace ObjWatch.Values.Objects;

/// <summary>What is known of the objects of this process, without keeping one of them alive.</summary>
/// <remarks>Numbers count from 1 and are never used again, not even by a later session.</remarks>
internal static class ObjectTable
{
    private static readonly ObjectStates _states = new();

    /// <summary>How many objects are known, with those that are gone and have not been forgotten yet.</summary>
    public static int Count => _states.Count;

    /// <summary>A number no object has had.</summary>
    public static long NextNumber() => _states.NextNumber();

    /// <summary>The state of an object, which gets its number now if it has none.</summary>
    public static ObjectState StateOf(object instance) => _states.Find(instance) ?? Bind(instance, NextNumber());

    /// <summary>Gives an object a number, unless it has one.</summary>
    public static ObjectState Bind(object instance, long number) =>
        _states.FindOrAdd(instance, TraceFormat.Identity(number, TypeShape.Of(instance.GetType()).Number));
}
