using System;
using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.DataFlow;

/// <summary>Follows what somebody wants to know of values over the evaluation stack of a body.</summary>
/// <typeparam name="T">What is known of a value.</typeparam>
/// <remarks>
/// Once, from the first instruction to the last: a forward branch carries its stack to its target, where what the ways there know is
/// merged. What a backward branch would add is not seen; compilers leave nothing on the stack there.
/// </remarks>
internal abstract class StackFlow<T>
{
    private readonly Dictionary<Instruction, List<T>> _atTargets = new();
    private List<T> _stack = new();

    /// <summary>Prepares to follow.</summary>
    /// <param name="method">The method.</param>
    /// <param name="caught">What is known of an exception that a handler gets.</param>
    protected StackFlow(MethodDefinition method, T caught)
    {
        Method = method;
        Caught = caught;
    }

    /// <summary>The method.</summary>
    protected MethodDefinition Method { get; }

    private T Caught { get; }

    /// <summary>Goes through the first instructions of the body.</summary>
    /// <param name="count">How many.</param>
    /// <returns>What lies on the stack behind the last of them.</returns>
    protected IReadOnlyList<T> Follow(int count)
    {
        EnterHandlers();
        for (int i = 0; i < count; i++)
        {
            Instruction instruction = Method.Body.Instructions[i];
            if (_atTargets.TryGetValue(instruction, out List<T>? carried))
                _stack = MergeStacks(_stack, carried);
            Step(instruction);
            if (instruction.Operand is Instruction target)
                Carry(target);
            else if (instruction.Operand is Instruction[] arms)
                Array.ForEach(arms, Carry);
            if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Return or FlowControl.Throw)
                _stack.Clear();
        }

        return _stack;
    }

    /// <summary>What is known of the values that an instruction puts on the stack.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="stack">What is known of the values below it, lowest first; what it takes is still there.</param>
    /// <param name="pops">How many it takes.</param>
    protected abstract T Pushed(Instruction instruction, IReadOnlyList<T> stack, int pops);

    /// <summary>What is known of a value to which two ways lead.</summary>
    protected abstract T Merge(T one, T other);

    /// <summary>An instruction has been followed.</summary>
    /// <param name="instruction">The instruction.</param>
    /// <param name="stack">What lies on the stack behind it.</param>
    protected virtual void Followed(Instruction instruction, IReadOnlyList<T> stack)
    {
    }

    private void Step(Instruction instruction)
    {
        int pops = Math.Min(StackEffect.Pops(instruction, Method, _stack.Count), _stack.Count);
        T pushed = Pushed(instruction, _stack, pops);
        _stack.RemoveRange(_stack.Count - pops, pops);
        for (int pushes = StackEffect.Pushes(instruction); pushes > 0; pushes--)
            _stack.Add(pushed);
        Followed(instruction, _stack);
    }

    private void EnterHandlers()
    {
        if (!Method.Body.HasExceptionHandlers)
            return;
        foreach (ExceptionHandler handler in Method.Body.ExceptionHandlers)
        {
            if (handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter)
                _atTargets[handler.HandlerStart] = [Caught];
            if (handler.FilterStart != null)
                _atTargets[handler.FilterStart] = [Caught];
        }
    }

    private void Carry(Instruction target) => _atTargets[target] = _atTargets.TryGetValue(target, out List<T>? other)
        ? MergeStacks(other, _stack)
        : new List<T>(_stack);

    private List<T> MergeStacks(List<T> one, List<T> other)
    {
        if (one.Count != other.Count)
            return new List<T>(one.Count > other.Count ? one : other); // no way leads through the shorter one: it is what was forgotten
        var merged = new List<T>(one.Count);
        for (int i = 0; i < one.Count; i++)
            merged.Add(Merge(one[i], other[i]));
        return merged;
    }
}
