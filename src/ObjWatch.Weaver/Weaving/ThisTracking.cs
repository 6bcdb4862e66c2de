using System;
using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Verifying;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Follows <c>this</c> over the evaluation stack.</summary>
internal static class ThisTracking
{
    /// <summary>The instructions among the first <paramref name="count"/> that load or store a field of <c>this</c>.</summary>
    /// <remarks>A forward branch carries its stack to its target; what a backward branch would add is not seen, and counts as something else than
    /// <c>this</c>.</remarks>
    public static HashSet<Instruction> FieldAccesses(MethodDefinition method, int count)
    {
        var accesses = new HashSet<Instruction>();
        var atTarget = new Dictionary<Instruction, List<bool>>();
        var stack = new List<bool>();
        for (int i = 0; i < count; i++)
        {
            Instruction instruction = method.Body.Instructions[i];
            if (atTarget.TryGetValue(instruction, out List<bool>? carried))
                stack = new List<bool>(carried);
            int depthOfObject = instruction.OpCode.Code switch { Code.Stfld => 2, Code.Ldfld => 1, _ => 0 };
            if (depthOfObject > 0 && stack.Count >= depthOfObject && stack[stack.Count - depthOfObject])
                accesses.Add(instruction);
            bool pushesThis = instruction.OpCode.Code switch
            {
                Code.Ldarg_0 => method.HasThis,
                Code.Dup => stack.Count > 0 && stack[stack.Count - 1],
                _ => false,
            };
            int pops = Math.Min(StackEffect.Pops(instruction, method, stack.Count), stack.Count);
            stack.RemoveRange(stack.Count - pops, pops);
            for (int pushes = StackEffect.Pushes(instruction); pushes > 0; pushes--)
                stack.Add(pushesThis);
            if (instruction.Operand is Instruction target && !atTarget.ContainsKey(target))
                atTarget[target] = new List<bool>(stack);
        }

        return accesses;
    }
}
