using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Metadata;

/// <summary>Where the code of a method stands in the source, by its symbols.</summary>
internal static class SourceLines
{
    /// <summary>
    /// Where the method's source begins, or <see langword="null"/>. The method that begins an async method or an iterator has no sequence
    /// points of its own: its source has become the state machine.
    /// </summary>
    public static SequencePoint? Start(MethodDefinition method) =>
        First(method) ?? (SourceMembers.StateMachineMethod(method) is { } stateMachine ? First(stateMachine) : null);

    /// <summary>The method's own first sequence point that shows a line, or <see langword="null"/>.</summary>
    public static SequencePoint? First(MethodDefinition method) =>
        method.DebugInformation.HasSequencePoints ? First(method.DebugInformation.SequencePoints) : null;

    /// <summary>The first of the sequence points that shows a line, or <see langword="null"/>.</summary>
    public static SequencePoint? First(IEnumerable<SequencePoint> points) => points.FirstOrDefault(p => !p.IsHidden);
}
