using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Writes instructions one behind the other.</summary>
internal sealed class CodeBuilder
{
    /// <summary>What has been written so far.</summary>
    public List<Instruction> Instructions { get; } = new();

    /// <summary>How many instructions have been written.</summary>
    public int Count => Instructions.Count;

    public Instruction Add(Instruction instruction)
    {
        Instructions.Add(instruction);
        return instruction;
    }

    public Instruction Emit(OpCode opCode) => Add(Instruction.Create(opCode));

    public Instruction Emit(OpCode opCode, Instruction target) => Add(Instruction.Create(opCode, target));

    public Instruction Emit(OpCode opCode, FieldReference field) => Add(Instruction.Create(opCode, field));

    public Instruction Emit(OpCode opCode, TypeReference type) => Add(Instruction.Create(opCode, type));

    public Instruction Call(MethodReference method) => Add(Instruction.Create(OpCodes.Call, method));

    public Instruction LoadInteger(int value) => Add(value switch
    {
        >= -1 and <= 8 => Instruction.Create(SmallIntegers[value + 1]),
        >= sbyte.MinValue and <= sbyte.MaxValue => Instruction.Create(OpCodes.Ldc_I4_S, (sbyte)value),
        _ => Instruction.Create(OpCodes.Ldc_I4, value),
    });

    public Instruction LoadLocal(VariableDefinition local) => Add(local.Index switch
    {
        0 => Instruction.Create(OpCodes.Ldloc_0),
        1 => Instruction.Create(OpCodes.Ldloc_1),
        2 => Instruction.Create(OpCodes.Ldloc_2),
        3 => Instruction.Create(OpCodes.Ldloc_3),
        <= byte.MaxValue => Instruction.Create(OpCodes.Ldloc_S, local),
        _ => Instruction.Create(OpCodes.Ldloc, local),
    });

    public Instruction StoreLocal(VariableDefinition local) => Add(local.Index switch
    {
        0 => Instruction.Create(OpCodes.Stloc_0),
        1 => Instruction.Create(OpCodes.Stloc_1),
        2 => Instruction.Create(OpCodes.Stloc_2),
        3 => Instruction.Create(OpCodes.Stloc_3),
        <= byte.MaxValue => Instruction.Create(OpCodes.Stloc_S, local),
        _ => Instruction.Create(OpCodes.Stloc, local),
    });

    public Instruction LoadThis() => Emit(OpCodes.Ldarg_0);

    public Instruction LoadArgument(ParameterDefinition parameter) => Add(parameter.Sequence switch
    {
        0 => Instruction.Create(OpCodes.Ldarg_0),
        1 => Instruction.Create(OpCodes.Ldarg_1),
        2 => Instruction.Create(OpCodes.Ldarg_2),
        3 => Instruction.Create(OpCodes.Ldarg_3),
        <= byte.MaxValue => Instruction.Create(OpCodes.Ldarg_S, parameter),
        _ => Instruction.Create(OpCodes.Ldarg, parameter),
    });

    /// <summary>Loads the number of a probe site: the assembly's first number plus the site's index.</summary>
    public void LoadSite(FieldReference firstSite, int site)
    {
        Emit(OpCodes.Ldsfld, firstSite);
        LoadInteger(site);
        Emit(OpCodes.Add);
    }

    private static readonly OpCode[] SmallIntegers =
    [
        OpCodes.Ldc_I4_M1, OpCodes.Ldc_I4_0, OpCodes.Ldc_I4_1, OpCodes.Ldc_I4_2, OpCodes.Ldc_I4_3,
        OpCodes.Ldc_I4_4, OpCodes.Ldc_I4_5, OpCodes.Ldc_I4_6, OpCodes.Ldc_I4_7, OpCodes.Ldc_I4_8,
    ];
}
