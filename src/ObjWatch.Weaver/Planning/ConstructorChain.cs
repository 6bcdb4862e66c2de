using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.DataFlow;

namespace ObjWatch.Weaver.Planning;

/// <summary>Where a constructor of a class calls its base (or a sibling), and which fields of <c>this</c> it stores before.</summary>
/// <remarks>Until that call <c>this</c> may only be stored into (ECMA-335, III.1.8.1.4), so those stores are reported after it.</remarks>
internal sealed class ConstructorChain
{
    private readonly HashSet<Instruction> _accessesBefore = new();

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
    public bool StoresBefore(Instruction instruction) => instruction.OpCode.Code == Code.Stfld && _accessesBefore.Contains(instruction);

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

        if (chain != null)
            chain._accessesBefore.UnionWith(FieldsOfThis.AccessesOf(constructor, chain.CallIndex));
        return chain;
    }

    private static bool IsChainCall(Instruction instruction, TypeDefinition type)
    {
        // The F# compiler calls a base constructor with callvirt.
        if (instruction.OpCode.Code is not (Code.Call or Code.Callvirt)
            || instruction.Operand is not MethodReference { Name: ".ctor" } target)
            return false;
        TypeReference element = target.DeclaringType.GetElementType();
        return element == type || element.FullName == type.BaseType?.GetElementType().FullName;
    }
}
