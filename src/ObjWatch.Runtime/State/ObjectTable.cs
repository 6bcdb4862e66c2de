using System.Runtime.CompilerServices;
using System.Threading;
using ObjWatch.Recording;
using ObjWatch.Trace;
using ObjWatch.Values;

namespace ObjWatch.State;

/// <summary>What is known of the objects of this process, without keeping one of them alive.</summary>
/// <remarks>Numbers count from 1 and are never used again, not even by a later session.</remarks>
internal static class ObjectTable
{
    private static readonly ConditionalWeakTable<object, ObjectState> _states = new();
    private static long _lastNumber;

    /// <summary>A number no object has had.</summary>
    public static long NextNumber() => Interlocked.Increment(ref _lastNumber);

    /// <summary>The state of an object, which gets its number now if it has none.</summary>
    public static ObjectState StateOf(object instance) =>
        _states.TryGetValue(instance, out ObjectState? state) ? state : Bind(instance, NextNumber());

    /// <summary>Gives an object a number, unless it has one.</summary>
    public static ObjectState Bind(object instance, long number)
    {
        var state = new ObjectState(TraceFormat.Identity(number, TypeShape.Of(instance.GetType()).Number));
#if NET
        return _states.TryAdd(instance, state) ? state : StateOf(instance);
#else
        return _states.GetValue(instance, _ => state);
#endif
    }
}
