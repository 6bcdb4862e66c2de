using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.DataFlow;

/// <summary>Where a method uses the addresses it takes: follows them over the evaluation stack to the call they are handed to, or to the
/// store that goes through them. What happens before (the other arguments are computed) has nothing to do with the address.</summary>
internal sealed class AddressUses : StackFlow<Instruction[]>
{
    private static readonly Instruction[] _none = [];
    private readonly TypeShapes _shapes;
    private readonly Dictionary<Instruction, Instruction[]> _uses = new();
    private readonly HashSet<Instruction> _kept = new();
    private readonly Dictionary<Instruction, Instruction[]> _left = new();
    private Instruction[] _taken = _none;

    private AddressUses(MethodDefinition method, TypeShapes shapes)
        : base(method, caught: _none) => _shapes = shapes;

    /// <summary>Follows the addresses of a method.</summary>
    public static AddressUses Of(MethodDefinition method, TypeShapes shapes)
    {
        var uses = new AddressUses(method, shapes);
        uses.Follow(method.Body.Instructions.Count);
        return uses;
    }

    /// <summary>The instructions that load the addresses which this one may store through; empty where it does not.</summary>
    public IReadOnlyList<Instruction> At(Instruction instruction) =>
        _uses.TryGetValue(instruction, out Instruction[]? loads) ? loads : _none;

    /// <summary>Whether what the instruction loads is put in a variable, a field or the result, so that it may be stored through
    /// later.</summary>
    public bool IsKept(Instruction load) => _kept.Contains(load);

    /// <summary>Whether what a load has put on the stack is still there behind an instruction that uses it, as optimised code leaves it for
    /// the next statement.</summary>
    public bool IsLeft(Instruction load, Instruction behind) =>
        _left.TryGetValue(behind, out Instruction[]? loads) && Array.IndexOf(loads, load) >= 0;

    protected override Instruction[] Pushed(Instruction instruction, IReadOnlyList<Instruction[]> stack, int pops)
    {
        _taken = Union(stack.Skip(stack.Count - pops));
        return Use(instruction, _taken);
    }

    protected override void Followed(Instruction instruction, IReadOnlyList<Instruction[]> stack)
    {
        if (_taken.Length > 0 && Union(stack) is { Length: > 0 } left)
            _left[instruction] = left;
    }

    protected override Instruction[] Merge(Instruction[] one, Instruction[] other) => Union([one, other]);

    /// <summary>What an instruction does with the addresses it takes from the stack.</summary>
    /// <returns>The loads of the address it puts there.</returns>
    private Instruction[] Use(Instruction instruction, Instruction[] taken)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Ldloca or Code.Ldloca_S or Code.Ldsflda:
                return [instruction];
            case Code.Ldflda:
                return [.. taken, instruction];
        }

        if (taken.Length == 0)
            return _none;
        switch (instruction.OpCode.Code)
        {
            case Code.Dup or Code.Conv_U or Code.Conv_I or Code.Add or Code.Sub:
                return taken;
            case Code.Call or Code.Callvirt or Code.Newobj or Code.Calli:
                _uses[instruction] = taken;
                return IsAddress(instruction.OpCode.Code == Code.Newobj
                    ? ((MethodReference)instruction.Operand).DeclaringType
                    : ((IMethodSignature)instruction.Operand).ReturnType) ? taken : _none;
            case >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I or Code.Stobj or Code.Initobj or Code.Cpobj or Code.Cpblk
                or Code.Initblk or Code.Stfld:
                _uses[instruction] = taken;
                return _none;
            case >= Code.Stloc_0 and <= Code.Stloc_3 or Code.Stloc or Code.Stloc_S or Code.Starg or Code.Starg_S or Code.Ret:
                _kept.UnionWith(taken);
                return _none;
            default:
                return _none;
        }
    }

    /// <summary>Whether a value of the type may hold the address it was made from.</summary>
    private bool IsAddress(TypeReference type) => _shapes.Of(type) is ValueShape.Opaque or ValueShape.Pointer;

    private static Instruction[] Union(IEnumerable<Instruction[]> all)
    {
        Instruction[] union = _none;
        foreach (Instruction[] loads in all)
        {
            if (loads.Length > 0)
                union = union.Length == 0 ? loads : union.Union(loads).ToArray();
        }

        return union;
    }
}
