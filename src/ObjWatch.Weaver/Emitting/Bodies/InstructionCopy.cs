using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Copies single instructions. Branches come out in their long form: code around them grows.</summary>
internal static class InstructionCopy
{
    /// <summary>A copy with the same operand; who copies a branch replaces the target.</summary>
    public static Instruction Of(Instruction original)
    {
        Instruction copy = Instruction.Create(OpCodes.Nop);
        copy.OpCode = LongForm(original.OpCode);
        copy.Operand = original.Operand;
        return copy;
    }

    private static OpCode LongForm(OpCode opCode) => opCode.Code switch
    {
        Code.Br_S => OpCodes.Br,
        Code.Brfalse_S => OpCodes.Brfalse,
        Code.Brtrue_S => OpCodes.Brtrue,
        Code.Beq_S => OpCodes.Beq,
        Code.Bge_S => OpCodes.Bge,
        Code.Bgt_S => OpCodes.Bgt,
        Code.Ble_S => OpCodes.Ble,
        Code.Blt_S => OpCodes.Blt,
        Code.Bne_Un_S => OpCodes.Bne_Un,
        Code.Bge_Un_S => OpCodes.Bge_Un,
        Code.Bgt_Un_S => OpCodes.Bgt_Un,
        Code.Ble_Un_S => OpCodes.Ble_Un,
        Code.Blt_Un_S => OpCodes.Blt_Un,
        Code.Leave_S => OpCodes.Leave,
        _ => opCode,
    };
}
