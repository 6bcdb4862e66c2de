using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Verifying;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Where a constructor of a class calls its base (or a sibling), and which fields of <c>this</c> it stores before.</summary>
/// <remarks>Until that call <c>this</c> may only be stored into (ECMA-335, III.1.8.1.4), so those stores are reported after it.</remarks>
internal sealed class ConstructorChain
{
    private readonly HashSet<Instruction> _storesBefore = new();

    private ConstructorChain(Instruction call, int callIndex)
    {
        Call = call;
        CallIndex = callIndex;
    }

    /// <summary>The call of the base or sibling constructor.</summary>
    public Instruction Call { get; }

    /// <summary>Its place among the body's instructions.</summary>
    public int CallIndex { get; }

    /// <summary>The constructor it calls.</summary>
    public MethodReference Target => (MethodReference)Call.Operand;

    /// <summary>Whether the instruction is a store into <c>this</c> before the call.</summary>
    public bool StoresBefore(Instruction instruction) => _storesBefore.Contains(instruction);

    /// <summary>Finds the call; <see langword="null"/> where there is not exactly one, as in a constructor that only throws.</summary>
    public static ConstructorChain? Find(MethodDefinition constructor)
    {
        ConstructorChain? chain = null;
        Mono.Collections.Generic.Collection<Instruction> instructions = constructor.Body.Instructions;
        for (int i = 0; i < instructions.Count; i++)
        {
            if (!IsChainCall(instructions[i], constructor.DeclaringType))
                continue;
            if (chain != null)
                return null;
            chain = new ConstructorChain(instructions[i], i);
        }

        chain?.TrackThis(constructor);
        return chain;
    }

    private static bool IsChainCall(Instruction instruction, TypeDefinition type)
    {
        if (instruction.OpCode.Code != Code.Call || instruction.Operand is not MethodReference { Name: ".ctor" } target)
            return false;
        TypeReference element = target.DeclaringType.GetElementType();
        return element == type || element.FullName == type.BaseType?.GetElementType().FullName;
    }

    /// <summary>Follows <c>this</c> over the evaluation stack up to the call. A forward branch carries its stack to its target.</summary>
    private void TrackThis(MethodDefinition constructor)
    {
        Mono.Collections.Generic.Collection<Instruction> instructions = constructor.Body.Instructions;
        var atTarget = new Dictionary<Instruction, List<bool>>();
        var stack = new List<bool>();
        for (int i = 0; i < CallIndex; i++)
        {
            Instruction instruction = instructions[i];
            if (atTarget.TryGetValue(instruction, out List<bool>? carried))
                stack = new List<bool>(carried);
            if (instruction.OpCode.Code == Code.Stfld && stack.Count >= 2 && stack[stack.Count - 2])
                _storesBefore.Add(instruction);
            bool duplicatesThis = instruction.OpCode.Code == Code.Dup && stack.Count > 0 && stack[stack.Count - 1];
            int pops = System.Math.Min(StackEffect.Pops(instruction, constructor, stack.Count), stack.Count);
            stack.RemoveRange(stack.Count - pops, pops);
            for (int pushes = StackEffect.Pushes(instruction); pushes > 0; pushes--)
                stack.Add(instruction.OpCode.Code == Code.Ldarg_0 || duplicatesThis);
            if (instruction.Operand is Instruction target && !atTarget.ContainsKey(target))
                atTarget[target] = new List<bool>(stack);
        }
    }
}
