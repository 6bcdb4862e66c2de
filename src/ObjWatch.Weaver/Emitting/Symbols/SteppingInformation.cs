using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Bodies;

namespace ObjWatch.Weaver.Emitting.Symbols;

/// <summary>What a debugger is told of a state machine's method: where it is suspended and resumed, and where its hoisted locals are in
/// scope.</summary>
/// <remarks>Cecil hands these on as bare offsets, which weaving makes meaningless.</remarks>
internal static class SteppingInformation
{
    /// <summary>Ties the offsets to the instructions that stand there. The method still has its original body.</summary>
    public static void Bind(MethodDefinition method)
    {
        if (!method.HasCustomDebugInformations)
            return;
        Dictionary<int, Instruction> byOffset = method.Body.Instructions.GroupBy(i => i.Offset).ToDictionary(g => g.Key, g => g.First());
        foreach (CustomDebugInformation information in method.CustomDebugInformations)
        {
            if (information is AsyncMethodBodyDebugInformation stepping)
            {
                if (byOffset.TryGetValue(stepping.CatchHandler.Offset, out Instruction? handler))
                    stepping.CatchHandler = new InstructionOffset(handler);
                Bind(stepping.Yields, byOffset);
                Bind(stepping.Resumes, byOffset);
            }
            else if (information is StateMachineScopeDebugInformation hoisted)
            {
                foreach (StateMachineScope scope in hoisted.Scopes)
                {
                    if (byOffset.TryGetValue(scope.Start.Offset, out Instruction? start))
                        scope.Start = new InstructionOffset(start);
                    scope.End = !scope.End.IsEndOfMethod && byOffset.TryGetValue(scope.End.Offset, out Instruction? end)
                        ? new InstructionOffset(end)
                        : new InstructionOffset();
                }
            }
        }
    }

    /// <summary>Says the same of the instrumented copy, which stands before the original in the same method.</summary>
    public static void Duplicate(MethodDefinition method, InstructionMap copies)
    {
        if (!method.HasCustomDebugInformations)
            return;
        Bind(method);
        foreach (CustomDebugInformation information in method.CustomDebugInformations)
        {
            if (information is AsyncMethodBodyDebugInformation stepping)
            {
                for (int i = stepping.Yields.Count - 1; i >= 0; i--)
                {
                    if (copies.AtOffset(stepping.Yields[i].Offset) is not { } yield
                        || copies.AtOffset(stepping.Resumes[i].Offset) is not { } resume)
                        continue;
                    stepping.Yields.Add(new InstructionOffset(yield));
                    stepping.Resumes.Add(new InstructionOffset(resume));
                    stepping.ResumeMethods.Add(method);
                }
            }
            else if (information is StateMachineScopeDebugInformation hoisted)
            {
                // There is one range for each local, so it has to cover both.
                foreach (StateMachineScope scope in hoisted.Scopes)
                {
                    if (copies.AtOffset(scope.Start.Offset) is { } start)
                        scope.Start = new InstructionOffset(start);
                }
            }
        }
    }

    private static void Bind(Mono.Collections.Generic.Collection<InstructionOffset> offsets, Dictionary<int, Instruction> byOffset)
    {
        for (int i = 0; i < offsets.Count; i++)
        {
            if (byOffset.TryGetValue(offsets[i].Offset, out Instruction? instruction))
                offsets[i] = new InstructionOffset(instruction);
        }
    }
}
