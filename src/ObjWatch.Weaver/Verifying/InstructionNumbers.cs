using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Verifying;

/// <summary>
/// The place of each instruction in its body. The numbers are kept in the instructions' offsets, which are out of date after weaving and
/// computed anew when the body is written: a table on the side would cost more than the whole check.
/// </summary>
internal sealed class InstructionNumbers
{
    private readonly Instruction[] _instructions;

    /// <summary>Numbers the instructions of a body.</summary>
    public InstructionNumbers(Instruction[] instructions)
    {
        _instructions = instructions;
        for (int i = 0; i < instructions.Length; i++)
            instructions[i].Offset = i;
        AreUnique = true;
        for (int i = 0; i < instructions.Length; i++)
            AreUnique &= instructions[i].Offset == i;
    }

    /// <summary>Whether no instruction stands in the body twice.</summary>
    public bool AreUnique { get; }

    /// <summary>The place of an instruction; -1 when it is not in the body.</summary>
    public int Of(Instruction instruction) =>
        instruction.Offset >= 0 && instruction.Offset < _instructions.Length && _instructions[instruction.Offset] == instruction
            ? instruction.Offset
            : -1;
}
