using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using Mono.Collections.Generic;

namespace ObjWatch.Weaver.Verifying;

/// <summary>
/// Walks a body once, from instruction to instruction as control flows, with the depth of the evaluation stack: every target must be in the body,
/// the depth must never fall below zero, be the same whichever way an instruction is reached, and zero where a try block begins, and the end must
/// not be run over.
/// </summary>
internal sealed class StackWalk
{
    private const int Unvisited = -1;

    private readonly MethodDefinition _method;
    private readonly Collection<Instruction> _instructions;
    private readonly InstructionNumbers _numbers;
    private readonly int[] _depths;
    private readonly Stack<int> _pending = new();
    private string? _fault;

    private StackWalk(MethodDefinition method, InstructionNumbers numbers)
    {
        _numbers = numbers;
        _method = method;
        _instructions = method.Body.Instructions;
        _depths = new int[_instructions.Count];
        for (int i = 0; i < _depths.Length; i++)
            _depths[i] = Unvisited;
    }

    /// <summary>Says what is wrong with a method's body; <see langword="null"/> when it is sound.</summary>
    public static string? FindFault(MethodDefinition method)
    {
        if (method.Body.Instructions.Count == 0)
            return "it has no instructions";
        var numbers = new InstructionNumbers(method.Body.Instructions);
        return numbers.AreUnique
            ? HandlerCheck.FindFault(method.Body, numbers) ?? new StackWalk(method, numbers).Run()
            : "an instruction stands in it twice";
    }

    private string? Run()
    {
        Reach(_instructions[0], 0, "the start");
        foreach (ExceptionHandler handler in _method.Body.ExceptionHandlers)
        {
            bool takesException = handler.HandlerType is ExceptionHandlerType.Catch or ExceptionHandlerType.Filter;
            Reach(handler.HandlerStart, takesException ? 1 : 0, "its handler");
            if (handler.FilterStart is not null)
                Reach(handler.FilterStart, 1, "its filter");
        }

        while (_fault is null && _pending.Count > 0)
            Step(_pending.Pop());
        foreach (ExceptionHandler handler in _method.Body.ExceptionHandlers)
        {
            if (_depths[_numbers.Of(handler.TryStart)] > 0)
                _fault ??= $"the stack is not empty where a try block begins, at {handler.TryStart}";
        }

        return _fault;
    }

    private void Step(int index)
    {
        Instruction instruction = _instructions[index];
        int depth = _depths[index] - StackEffect.Pops(instruction, _method, _depths[index]);
        if (depth < 0)
        {
            _fault = $"the stack is empty at {instruction}";
            return;
        }

        depth += StackEffect.Pushes(instruction);
        string origin = instruction.OpCode.Name;
        if (instruction.Operand is Instruction target)
            Reach(target, depth, origin);
        else if (instruction.Operand is Instruction[] targets)
        {
            foreach (Instruction arm in targets)
                Reach(arm, depth, origin);
        }

        if (instruction.OpCode.Code == Code.Ret && depth != 0)
            _fault = $"{depth} values are left on the stack at {instruction}";
        if (!Falls(instruction.OpCode))
            return;
        if (index + 1 == _instructions.Count)
            _fault ??= $"control falls off the end after {instruction}";
        else
            Reach(_instructions[index + 1], depth, origin);
    }

    private void Reach(Instruction target, int depth, string origin)
    {
        int index = _numbers.Of(target);
        if (index < 0)
        {
            _fault ??= $"{origin} leads to {target.OpCode.Name}, which is not in the body";
        }
        else if (_depths[index] == Unvisited)
        {
            _depths[index] = depth;
            _pending.Push(index);
        }
        else if (_depths[index] != depth)
        {
            _fault ??= $"the stack holds {_depths[index]} or {depth} values at {_instructions[index]}";
        }
    }

    private static bool Falls(OpCode code) =>
        code.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw) && code.Code is not Code.Jmp;
}
