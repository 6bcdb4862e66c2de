using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;

namespace ObjWatch.Weaver.Weaving;

/// <summary>All state machines of a module.</summary>
internal sealed class StateMachines
{
    private readonly Dictionary<MethodDefinition, StateMachine> _byKickOff = new();
    private readonly Dictionary<TypeDefinition, StateMachine> _byType = new();
    private readonly HashSet<string> _builders = new();

    public StateMachines(IEnumerable<MethodDefinition> methods)
    {
        foreach (MethodDefinition method in methods.Where(m => m.HasCustomAttributes))
        {
            if (StateMachine.Of(method) is not { } machine || _byType.ContainsKey(machine.Type))
                continue;
            _byKickOff[method] = machine;
            _byType[machine.Type] = machine;
            if (machine.Builder != null)
                _builders.Add(machine.Builder.GetElementType().FullName);
        }
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
}
