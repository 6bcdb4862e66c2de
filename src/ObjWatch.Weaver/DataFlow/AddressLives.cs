using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.DataFlow;

/// <summary>Follows addresses of structs over the evaluation stack.</summary>
internal sealed class AddressLives : StackFlow<AddressLife>
{
    private readonly Dictionary<Instruction, AddressLife> _lives = new();

    private AddressLives(MethodDefinition method)
        : base(method, caught: AddressLife.Unknown)
    {
    }

    /// <summary>The life of the address from which each <c>ldflda</c> goes on.</summary>
    public static Dictionary<Instruction, AddressLife> Of(MethodDefinition method)
    {
        var lives = new AddressLives(method);
        lives.Follow(method.Body.Instructions.Count);
        return lives._lives;
    }

    protected override AddressLife Pushed(Instruction instruction, IReadOnlyList<AddressLife> stack, int pops)
    {
        AddressLife top = stack.Count > 0 ? stack[stack.Count - 1] : AddressLife.Unknown;
        if (instruction.OpCode.Code == Code.Ldflda)
            _lives[instruction] = top;
        return instruction.OpCode.Code is Code.Dup or Code.Conv_U or Code.Conv_I ? top : Loaded(instruction);
    }

    /// <summary>The shorter of two lives.</summary>
    protected override AddressLife Merge(AddressLife one, AddressLife other) => one < other ? one : other;

    private AddressLife Loaded(Instruction load) => load.OpCode.Code switch
    {
        Code.Ldloca or Code.Ldloca_S or Code.Ldarga or Code.Ldarga_S or Code.Ldelema => AddressLife.Statement,
        Code.Ldarg_0 when Method.HasThis => AddressLife.Statement,
        >= Code.Ldarg_0 and <= Code.Ldarg_3 or Code.Ldarg or Code.Ldarg_S => OfType(Parameter(load)?.ParameterType),
        >= Code.Ldloc_0 and <= Code.Ldloc_3 => OfType(Method.Body.Variables[load.OpCode.Code - Code.Ldloc_0].VariableType),
        Code.Ldloc or Code.Ldloc_S => OfType(((VariableDefinition)load.Operand).VariableType),
        _ => AddressLife.Unknown,
    };

    private static AddressLife OfType(TypeReference? type) => type == null ? AddressLife.Unknown : TypeShapes.WithoutModifiers(type) switch
    {
        ByReferenceType => AddressLife.Statement,
        PointerType => AddressLife.UntilCall,
        _ => AddressLife.Unknown,
    };

    private ParameterDefinition? Parameter(Instruction load)
    {
        if (load.Operand is ParameterDefinition parameter)
            return parameter;
        int index = load.OpCode.Code - Code.Ldarg_0 - (Method.HasThis ? 1 : 0);
        return index >= 0 && index < Method.Parameters.Count ? Method.Parameters[index] : null;
    }
}
