using System.Collections.Generic;
using System;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Verifying;

namespace ObjWatch.Weaver.Weaving;

/// <summary>How long what an address on the evaluation stack leads to is there for certain.</summary>
internal enum AddressLife
{
    /// <summary>It may be gone already: nothing may be read.</summary>
    Unknown,

    /// <summary>A pointer's: nobody frees it before something is called.</summary>
    UntilCall,

    /// <summary>To the end of the statement.</summary>
    Statement,
}

/// <summary>Follows addresses of structs over the evaluation stack.</summary>
internal static class AddressLives
{
    /// <summary>The life of the address from which each <c>ldflda</c> goes on.</summary>
    /// <remarks>A forward branch carries its stack to its target; what is not seen counts as unknown.</remarks>
    public static Dictionary<Instruction, AddressLife> Of(MethodDefinition method)
    {
        var lives = new Dictionary<Instruction, AddressLife>();
        var atTarget = new Dictionary<Instruction, List<AddressLife>>();
        var stack = new List<AddressLife>();
        foreach (Instruction instruction in method.Body.Instructions)
        {
            if (atTarget.TryGetValue(instruction, out List<AddressLife>? carried))
                stack = new List<AddressLife>(carried);
            AddressLife top = stack.Count > 0 ? stack[stack.Count - 1] : AddressLife.Unknown;
            if (instruction.OpCode.Code == Code.Ldflda)
                lives[instruction] = top;
            AddressLife pushed = instruction.OpCode.Code is Code.Dup or Code.Conv_U or Code.Conv_I ? top : Loaded(method, instruction);
            int pops = Math.Min(StackEffect.Pops(instruction, method, stack.Count), stack.Count);
            stack.RemoveRange(stack.Count - pops, pops);
            for (int pushes = StackEffect.Pushes(instruction); pushes > 0; pushes--)
                stack.Add(pushed);
            if (instruction.Operand is Instruction target && !atTarget.ContainsKey(target))
                atTarget[target] = new List<AddressLife>(stack);
        }

        return lives;
    }

    private static AddressLife Loaded(MethodDefinition method, Instruction load) => load.OpCode.Code switch
    {
        Code.Ldloca or Code.Ldloca_S or Code.Ldarga or Code.Ldarga_S or Code.Ldelema => AddressLife.Statement,
        Code.Ldarg_0 when method.HasThis => AddressLife.Statement,
        >= Code.Ldarg_0 and <= Code.Ldarg_3 or Code.Ldarg or Code.Ldarg_S => OfType(Parameter(method, load)?.ParameterType),
        >= Code.Ldloc_0 and <= Code.Ldloc_3 => OfType(method.Body.Variables[load.OpCode.Code - Code.Ldloc_0].VariableType),
        Code.Ldloc or Code.Ldloc_S => OfType(((VariableDefinition)load.Operand).VariableType),
        _ => AddressLife.Unknown,
    };

    private static AddressLife OfType(TypeReference? type) => type == null ? AddressLife.Unknown : TypeShapes.WithoutModifiers(type) switch
    {
        ByReferenceType => AddressLife.Statement,
        PointerType => AddressLife.UntilCall,
        _ => AddressLife.Unknown,
    };

    private static ParameterDefinition? Parameter(MethodDefinition method, Instruction load)
    {
        if (load.Operand is ParameterDefinition parameter)
            return parameter;
        int index = load.OpCode.Code - Code.Ldarg_0 - (method.HasThis ? 1 : 0);
        return index >= 0 && index < method.Parameters.Count ? method.Parameters[index] : null;
    }
}
