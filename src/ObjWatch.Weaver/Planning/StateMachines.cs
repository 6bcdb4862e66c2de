using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Planning;

/// <summary>All state machines of a module.</summary>
internal sealed class StateMachines
{
    private readonly Dictionary<MethodDefinition, StateMachine> _byKickOff = new();
    private readonly Dictionary<TypeDefinition, StateMachine> _byType = new();
    private readonly HashSet<string> _builders = new();

    private StateMachines()
    {
    }

    /// <summary>Those that one of the methods begins.</summary>
    public static StateMachines In(IEnumerable<MethodDefinition> methods)
    {
        var machines = new StateMachines();
        foreach (MethodDefinition method in methods.Where(m => m.HasCustomAttributes))
        {
            if (StateMachine.Of(method) is { } machine && !machines._byType.ContainsKey(machine.Type))
                machines.Add(method, machine);
        }

        return machines;
    }

    /// <summary>The state machine that the method begins or is a part of, and as what.</summary>
    public (StateMachine Machine, StateMachinePart Part)? Find(MethodDefinition method)
    {
        if (!_byKickOff.TryGetValue(method, out StateMachine? machine) && !_byType.TryGetValue(method.DeclaringType, out machine))
            return null;
        return (machine, machine.PartOf(method));
    }

    /// <summary>Whether the type makes tasks for async methods: the compiler's calls of its members stand nowhere in the source.</summary>
    public bool IsBuilder(TypeDefinition type) => _builders.Contains(type.FullName);

    private void Add(MethodDefinition kickOff, StateMachine machine)
    {
        _byKickOff[kickOff] = machine;
        _byType[machine.Type] = machine;
        if (machine.Builder != null)
            _builders.Add(machine.Builder.GetElementType().FullName);
    }
}
