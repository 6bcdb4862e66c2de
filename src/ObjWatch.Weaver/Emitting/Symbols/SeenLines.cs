using Mono.Cecil.Cil;
using Mono.Collections.Generic;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Symbols;

/// <summary>
/// Tells at which statements a method has to say on what line it is. A store brings its line with it; only what is called asks on what line
/// its caller is. So a statement that calls nothing need not say anything.
/// </summary>
internal sealed class SeenLines
{
    private readonly Collection<Instruction> _instructions;
    private readonly Collection<SequencePoint> _points;
    private readonly bool _all;

    private SeenLines(Collection<Instruction> instructions, Collection<SequencePoint> points, bool all)
    {
        _instructions = instructions;
        _points = points;
        _all = all;
    }

    /// <summary>Those of a method that is to be copied.</summary>
    public static SeenLines Of(MethodContext context)
    {
        Collection<Instruction> instructions = context.Original.Body.Instructions;
        Collection<SequencePoint> points = context.Original.DebugInformation.SequencePoints;
        var lines = new SeenLines(instructions, points, all: false);

        // A state machine tells its line when it is suspended, an auto-property its caller's; and the compiler's own calls have the line of
        // whatever ran before.
        bool all = context.Part != StateMachinePart.None || context.Plan.AtCallersLine || lines.CallsWhereHidden();
        return all ? new SeenLines(instructions, points, all) : lines;
    }

    /// <summary>Whether anything between an instruction and the next statement may ask for the line.</summary>
    /// <param name="index">The statement's first instruction.</param>
    /// <param name="nextPoint">The sequence point behind the statement's own.</param>
    public bool IsSeen(int index, int nextPoint)
    {
        if (_all)
            return true;
        int end = nextPoint < _points.Count ? _points[nextPoint].Offset : int.MaxValue;
        return Asks(index, end);
    }

    private bool CallsWhereHidden()
    {
        int index = 0;
        for (int i = 0; i < _points.Count; i++)
        {
            if (!_points[i].IsHidden)
                continue;
            while (index < _instructions.Count && _instructions[index].Offset < _points[i].Offset)
                index++;
            if (Asks(index, i + 1 < _points.Count ? _points[i + 1].Offset : int.MaxValue))
                return true;
        }

        return false;
    }

    private bool Asks(int index, int end)
    {
        for (; index < _instructions.Count && _instructions[index].Offset < end; index++)
        {
            OpCode opCode = _instructions[index].OpCode;
            if (opCode.FlowControl is FlowControl.Call or FlowControl.Throw
                || opCode.Code is Code.Ldsfld or Code.Ldsflda or Code.Stsfld) // may run a type initializer
                return true;
        }

        return false;
    }
}
