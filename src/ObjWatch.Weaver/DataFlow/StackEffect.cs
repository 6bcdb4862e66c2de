using System;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.DataFlow;

/// <summary>How many values an instruction takes from the evaluation stack and puts on it.</summary>
internal static class StackEffect
{
    /// <summary>The values it takes.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="method">The method whose body it stands in.</param>
    /// <param name="depth">The values there are: <c>leave</c> takes them all.</param>
    public static int Pops(Instruction instruction, MethodDefinition method, int depth)
    {
        switch (instruction.OpCode.StackBehaviourPop)
        {
            case StackBehaviour.Pop0:
                return 0;
            case StackBehaviour.Pop1:
            case StackBehaviour.Popi:
            case StackBehaviour.Popref:
                return 1;
            case StackBehaviour.Pop1_pop1:
            case StackBehaviour.Popi_pop1:
            case StackBehaviour.Popi_popi:
            case StackBehaviour.Popi_popi8:
            case StackBehaviour.Popi_popr4:
            case StackBehaviour.Popi_popr8:
            case StackBehaviour.Popref_pop1:
            case StackBehaviour.Popref_popi:
                return 2;
            case StackBehaviour.Popi_popi_popi:
            case StackBehaviour.Popref_popi_popi:
            case StackBehaviour.Popref_popi_popi8:
            case StackBehaviour.Popref_popi_popr4:
            case StackBehaviour.Popref_popi_popr8:
            case StackBehaviour.Popref_popi_popref:
                return 3;
            case StackBehaviour.PopAll:
                return depth;
            case StackBehaviour.Varpop:
                return instruction.OpCode.Code == Code.Ret ? (IsVoid(method.ReturnType) ? 0 : 1) : Arguments(instruction);
            default:
                throw new NotSupportedException(instruction.OpCode.StackBehaviourPop.ToString());
        }
    }

    /// <summary>The values it puts on.</summary>
    public static int Pushes(Instruction instruction)
    {
        switch (instruction.OpCode.StackBehaviourPush)
        {
            case StackBehaviour.Push0:
                return 0;
            case StackBehaviour.Push1_push1:
                return 2;
            case StackBehaviour.Varpush:
                return instruction.Operand is IMethodSignature call && IsVoid(call.ReturnType) ? 0 : 1;
            default:
                return 1;
        }
    }

    private static int Arguments(Instruction instruction)
    {
        if (instruction.Operand is not IMethodSignature call)
            return 0;
        int count = call.Parameters.Count;
        if (call.HasThis && !call.ExplicitThis && instruction.OpCode.Code != Code.Newobj)
            count++;
        return instruction.OpCode.Code == Code.Calli ? count + 1 : count;
    }

    // The accessor of an init property returns void with a modifier.
    private static bool IsVoid(TypeReference type)
    {
        while (type is IModifierType modified)
            type = modified.ElementType;
        return type.MetadataType == MetadataType.Void;
    }
}
