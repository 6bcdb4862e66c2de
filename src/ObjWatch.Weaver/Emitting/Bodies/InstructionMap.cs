using System.Collections.Generic;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Leads from each instruction of an original body to one of its copy.</summary>
/// <remarks>A table by offset, which an original instruction keeps until the module is written: instructions as dictionary keys cost
/// a hash code each, which the runtime has to make up, and weaving a library looks up a million.</remarks>
internal sealed class InstructionMap
{
    private readonly Instruction?[] _copies;

    public InstructionMap(MethodBody original)
    {
        Mono.Collections.Generic.Collection<Instruction> instructions = original.Instructions;
        _copies = new Instruction[instructions.Count == 0 ? 0 : instructions[instructions.Count - 1].Offset + 1];
    }

    /// <summary>What an original instruction leads to.</summary>
    /// <exception cref="KeyNotFoundException">It leads nowhere: code jumps into the middle of a unit, as no compiler writes it.</exception>
    public Instruction this[Instruction original]
    {
        get => AtOffset(original.Offset)
            ?? throw new KeyNotFoundException("a branch leads into the middle of an instruction with a prefix");
        set => _copies[original.Offset] = value;
    }

    /// <summary>What the original instruction at an offset leads to, or <see langword="null"/>.</summary>
    public Instruction? AtOffset(int offset) => offset >= 0 && offset < _copies.Length ? _copies[offset] : null;
}
