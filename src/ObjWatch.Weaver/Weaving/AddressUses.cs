using System.Collections.Generic;
using System.Linq;
using System;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Verifying;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Where a method uses the addresses it takes: follows them over the evaluation stack to the call they are handed to, or to the store that
/// goes through them. What happens before (the other arguments are computed) has nothing to do with the address.</summary>
internal sealed class AddressUses
{
    private static readonly Instruction[] _none = [];
    private readonly MethodDefinition _method;
    private readonly TypeShapes _shapes;
    private readonly Dictionary<Instruction, Instruction[]> _uses = new();
    private readonly HashSet<Instruction> _kept = new();
    private readonly Dictionary<Instruction, Instruction[]> _left = new();

    private AddressUses(MethodDefinition method, TypeShapes shapes)
    {
        _method = method;
        _shapes = shapes;
    }

    /// <summary>Follows the addresses of a method.</summary>
    public static AddressUses Of(MethodDefinition method, TypeShapes shapes)
    {
        var uses = new AddressUses(method, shapes);
        uses.Walk();
        return uses;
    }

    /// <summary>The instructions that load the addresses which this one may store through; empty where it does not.</summary>
    public IReadOnlyList<Instruction> At(Instruction instruction) => _uses.TryGetValue(instruction, out Instruction[]? loads) ? loads : _none;

    /// <summary>Whether what the instruction loads is put in a variable, a field or the result, so that it may be stored through later.</summary>
    public bool IsKept(Instruction load) => _kept.Contains(load);

    /// <summary>Whether what a load has put on the stack is still there behind an instruction that uses it, as optimised code leaves it for the next
    /// statement.</summary>
    public bool IsLeft(Instruction load, Instruction behind) => _left.TryGetValue(behind, out Instruction[]? loads) && Array.IndexOf(loads, load) >= 0;

    /// <remarks>A forward branch carries its stack to its target.</remarks>
    private void Walk()
    {
        var atTarget = new Dictionary<Instruction, List<Instruction[]>>();
        foreach (ExceptionHandler handler in _method.Body.ExceptionHandlers)
        {
            if (handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter)
                atTarget[handler.HandlerStart] = [_none];
            if (handler.FilterStart != null)
                atTarget[handler.FilterStart] = [_none];
        }

        var stack = new List<Instruction[]>();
        foreach (Instruction instruction in _method.Body.Instructions)
        {
            if (atTarget.TryGetValue(instruction, out List<Instruction[]>? carried))
                stack = Merge(stack, carried);
            Step(instruction, stack);
            foreach (Instruction target in instruction.Operand as Instruction[] ?? (instruction.Operand is Instruction one ? [one] : _none))
                atTarget[target] = atTarget.TryGetValue(target, out List<Instruction[]>? other) ? Merge(other, stack) : new List<Instruction[]>(stack);
            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
                stack.Clear();
        }
    }

    private void Step(Instruction instruction, List<Instruction[]> stack)
    {
        int pops = Math.Min(StackEffect.Pops(instruction, _method, stack.Count), stack.Count);
        Instruction[] taken = Union(stack.Skip(stack.Count - pops));
        stack.RemoveRange(stack.Count - pops, pops);
        Instruction[] pushed = Use(instruction, taken);
        for (int pushes = StackEffect.Pushes(instruction); pushes > 0; pushes--)
            stack.Add(pushed);
        if (taken.Length > 0 && Union(stack) is { Length: > 0 } left)
            _left[instruction] = left;
    }

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
            case >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I or Code.Stobj or Code.Initobj or Code.Cpobj or Code.Cpblk or Code.Initblk or Code.Stfld:
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

    private static List<Instruction[]> Merge(List<Instruction[]> one, List<Instruction[]> other) => one.Count != other.Count
        ? new List<Instruction[]>(one.Count > other.Count ? one : other)
        : one.Select((loads, i) => Union([loads, other[i]])).ToList();

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
