using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.DataFlow;

namespace ObjWatch.Weaver.Verifying;

/// <summary>
/// Walks a body once, from instruction to instruction as control flows, with the depth of the evaluation stack: every target must be in the
/// body, the depth must never fall below zero, be the same whichever way an instruction is reached, and zero where a try block begins, and
/// the end must not be run over.
/// </summary>
internal sealed class StackWalk
{
    private const int Unvisited = -1;

    private readonly MethodDefinition _method;
    private readonly Instruction[] _instructions;
    private readonly InstructionNumbers _numbers;
    private readonly int[] _depths;
    private readonly Stack<int> _pending = new();
    private string? _fault;

    private StackWalk(MethodDefinition method, Instruction[] instructions, InstructionNumbers numbers)
    {
        _numbers = numbers;
        _method = method;
        _instructions = instructions;
        _depths = new int[instructions.Length];
        for (int i = 0; i < _depths.Length; i++)
            _depths[i] = Unvisited;
    }

    /// <summary>Says what is wrong with a method's body; <see langword="null"/> when it is sound.</summary>
    public static string? FindFault(MethodDefinition method)
    {
        Instruction[] instructions = method.Body.Instructions.ToArray();
        if (instructions.Length == 0)
            return "it has no instructions";
        var numbers = new InstructionNumbers(instructions);
        return numbers.AreUnique
            ? HandlerCheck.FindFault(method.Body, numbers) ?? new StackWalk(method, instructions, numbers).Run()
            : "an instruction stands in it twice";
    }

    private string? Run()
    {
        Reach(_instructions[0], 0, "the start");
        IList<ExceptionHandler> handlers = _method.Body.HasExceptionHandlers ? _method.Body.ExceptionHandlers : [];
        foreach (ExceptionHandler handler in handlers)
        {
            bool takesException = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;
            Reach(handler.HandlerStart, takesException ? 1 : 0, "its handler");
            if (handler.FilterStart is not null)
                Reach(handler.FilterStart, 1, "its filter");
        }

        while (_fault is null && _pending.Count > 0)
        {
            for (int index = _pending.Pop(); index >= 0;)
                index = Step(index);
        }

        foreach (ExceptionHandler handler in handlers)
        {
            if (_depths[_numbers.Of(handler.TryStart)] > 0)
                _fault ??= $"the stack is not empty where a try block begins, at {handler.TryStart}";
        }

        return _fault;
    }

    /// <returns>The instruction that comes next, if nobody has been there; -1 if not.</returns>
    private int Step(int index)
    {
        Instruction instruction = _instructions[index];
        int depth = _depths[index] - StackEffect.Pops(instruction, _method, _depths[index]);
        if (depth < 0)
        {
            _fault = $"the stack is empty at {instruction}";
            return -1;
        }

        depth += StackEffect.Pushes(instruction);
        if (instruction.Operand is Instruction target)
            Reach(target, depth, instruction.OpCode.Name);
        else if (instruction.Operand is Instruction[] targets)
        {
            foreach (Instruction arm in targets)
                Reach(arm, depth, instruction.OpCode.Name);
        }

        if (instruction.OpCode.Code == Code.Ret && depth != 0)
            _fault = $"{depth} values are left on the stack at {instruction}";
        if (!Falls(instruction.OpCode))
            return -1;
        int next = index + 1;
        if (next == _instructions.Length)
            _fault ??= $"control falls off the end after {instruction}";
        else if (Note(next, depth))
            return next;
        return -1;
    }

    private void Reach(Instruction target, int depth, string origin)
    {
        int index = _numbers.Of(target);
        if (index < 0)
            _fault ??= $"{origin} leads to {target.OpCode.Name}, which is not in the body";
        else if (Note(index, depth))
            _pending.Push(index);
    }

    /// <summary>Notes the depth with which an instruction is reached.</summary>
    /// <returns>Whether it is the first time.</returns>
    private bool Note(int index, int depth)
    {
        if (_depths[index] == Unvisited)
        {
            _depths[index] = depth;
            return true;
        }

        if (_depths[index] != depth)
            _fault ??= $"the stack holds {_depths[index]} or {depth} values at {_instructions[index]}";
        return false;
    }

    private static bool Falls(OpCode code) =>
        code.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw) && code.Code is not Code.Jmp;
}
