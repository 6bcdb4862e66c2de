using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>The local variables that probes add to a body, and their removal should the method turn out not to be weavable.</summary>
internal sealed class AddedLocals
{
    private readonly MethodBody _body;
    private readonly Dictionary<(string Type, string Use), VariableDefinition> _shared = new();

    public AddedLocals(MethodBody body)
    {
        _body = body;
        OriginalCount = body.Variables.Count;
    }

    /// <summary>How many locals the compiler made.</summary>
    public int OriginalCount { get; }

    /// <summary>A local of its own.</summary>
    public VariableDefinition New(TypeReference type)
    {
        var local = new VariableDefinition(TypeShapes.WithoutModifiers(type));
        _body.Variables.Add(local);
        return local;
    }

    /// <summary>A local that one site after the other may use: the same for the same type and use.</summary>
    public VariableDefinition Shared(TypeReference type, string use)
    {
        type = TypeShapes.WithoutModifiers(type);
        if (type.ContainsGenericParameter)
            return New(type); // a T of the method and a T of the type have the same name
        if (!_shared.TryGetValue((type.FullName, use), out VariableDefinition? local))
            _shared[(type.FullName, use)] = local = New(type);
        return local;
    }

    /// <summary>Takes back what was added.</summary>
    public void Remove()
    {
        while (_body.Variables.Count > OriginalCount)
            _body.Variables.RemoveAt(_body.Variables.Count - 1);
    }
}
