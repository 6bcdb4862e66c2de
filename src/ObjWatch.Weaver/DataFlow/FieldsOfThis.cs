using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.DataFlow;

/// <summary>Follows <c>this</c> over the evaluation stack, to where its fields are accessed.</summary>
internal sealed class FieldsOfThis : StackFlow<bool>
{
    private readonly HashSet<Instruction> _accesses = new();

    private FieldsOfThis(MethodDefinition method)
        : base(method, caught: false)
    {
    }

    /// <summary>The instructions among the first <paramref name="count"/> that load or store a field of <c>this</c>.</summary>
    public static HashSet<Instruction> AccessesOf(MethodDefinition method, int count)
    {
        var fields = new FieldsOfThis(method);
        fields.Follow(count);
        return fields._accesses;
    }

    protected override bool Pushed(Instruction instruction, IReadOnlyList<bool> stack, int pops)
    {
        int depthOfObject = instruction.OpCode.Code switch { Code.Stfld => 2, Code.Ldfld => 1, _ => 0 };
        if (depthOfObject > 0 && stack.Count >= depthOfObject && stack[stack.Count - depthOfObject])
            _accesses.Add(instruction);
        return instruction.OpCode.Code switch
        {
            Code.Ldarg_0 => Method.HasThis,
            Code.Dup => stack.Count > 0 && stack[stack.Count - 1],
            _ => false,
        };
    }

    protected override bool Merge(bool one, bool other) => one && other;
}
