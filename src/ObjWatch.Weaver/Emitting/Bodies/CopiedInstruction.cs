using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>An instruction that is being copied, with its prefixes: they are one unit.</summary>
internal sealed class CopiedInstruction
{
    private readonly List<Instruction> _prefixes = new();

    /// <summary>The instruction behind the prefixes.</summary>
    public Instruction Instruction { get; private set; } = null!;

    /// <summary>Its prefixes.</summary>
    public IReadOnlyList<Instruction> Prefixes => _prefixes;

    /// <summary>What it does.</summary>
    public Code Code => Instruction.OpCode.Code;

    /// <summary>The field it names.</summary>
    public FieldReference Field => (FieldReference)Instruction.Operand;

    /// <summary>Whether no probe may write something instead of it.</summary>
    public bool MustStay { get; set; }

    /// <summary>Whether no probe has.</summary>
    public bool IsPlain { get; set; }

    /// <summary>What is watched in the field whose store has been reported, or <see langword="null"/>.</summary>
    public WatchedField? StoredField { get; set; }

    /// <summary>The local whose store has been reported, or <see langword="null"/>.</summary>
    public VariableDefinition? StoredLocal { get; set; }

    /// <summary>Goes on to the unit that begins at a place among the instructions.</summary>
    /// <returns>The place of the unit's last instruction.</returns>
    public int MoveTo(Mono.Collections.Generic.Collection<Instruction> instructions, int index)
    {
        _prefixes.Clear();
        while (instructions[index].OpCode.OpCodeType == OpCodeType.Prefix)
            _prefixes.Add(instructions[index++]);
        Instruction = instructions[index];
        MustStay = false;
        IsPlain = true;
        StoredField = null;
        StoredLocal = null;
        return index;
    }
}
