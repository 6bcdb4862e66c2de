using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Weaving;

/// <summary>How many values an instruction takes from the evaluation stack, and how many it puts there (ECMA-335, III).</summary>
internal static class StackEffect
{
    /// <summary>Values taken; <paramref name="returnsValue"/> says what <c>ret</c> takes. <c>leave</c> and the like, which empty the stack, count as none.</summary>
    public static int Pops(Instruction instruction, bool returnsValue) => instruction.OpCode.StackBehaviourPop switch
    {
        StackBehaviour.Pop0 or StackBehaviour.PopAll => 0,
        StackBehaviour.Pop1 or StackBehaviour.Popi or StackBehaviour.Popref => 1,
        StackBehaviour.Pop1_pop1 or StackBehaviour.Popi_pop1 or StackBehaviour.Popi_popi or StackBehaviour.Popi_popi8
            or StackBehaviour.Popi_popr4 or StackBehaviour.Popi_popr8 or StackBehaviour.Popref_pop1 or StackBehaviour.Popref_popi => 2,
        StackBehaviour.Popi_popi_popi or StackBehaviour.Popref_popi_popi or StackBehaviour.Popref_popi_popi8
            or StackBehaviour.Popref_popi_popr4 or StackBehaviour.Popref_popi_popr8 or StackBehaviour.Popref_popi_popref => 3,
        _ => instruction.OpCode.Code == Code.Ret ? (returnsValue ? 1 : 0) : CallPops(instruction),
    };

    /// <summary>Values put.</summary>
    public static int Pushes(Instruction instruction) => instruction.OpCode.StackBehaviourPush switch
    {
        StackBehaviour.Push0 => 0,
        StackBehaviour.Push1_push1 => 2,
        StackBehaviour.Varpush => ReturnsValue((IMethodSignature)instruction.Operand) ? 1 : 0,
        _ => 1,
    };

    /// <summary>Whether calling a method of this signature leaves a value.</summary>
    public static bool ReturnsValue(IMethodSignature signature) =>
        TypeShapes.WithoutModifiers(signature.ReturnType).MetadataType != MetadataType.Void;

    private static int CallPops(Instruction instruction)
    {
        var signature = (IMethodSignature)instruction.Operand;
        int count = signature.Parameters.Count;
        if (signature.HasThis && !signature.ExplicitThis && instruction.OpCode.Code != Code.Newobj)
            count++;
        return instruction.OpCode.Code == Code.Calli ? count + 1 : count;
    }
}
