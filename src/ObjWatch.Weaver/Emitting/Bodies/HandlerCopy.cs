using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Copies exception handlers.</summary>
internal static class HandlerCopy
{
    /// <summary>A handler over the copies of the instructions that <paramref name="handler"/> is over.</summary>
    /// <param name="handler">The original.</param>
    /// <param name="copies">Leads from an original instruction to its copy.</param>
    /// <param name="end">What stands behind the copied body: where a boundary at the end of the method leads.</param>
    public static ExceptionHandler Of(ExceptionHandler handler, InstructionMap copies, Instruction? end)
    {
        return new ExceptionHandler(handler.HandlerType)
        {
            CatchType = handler.CatchType,
            TryStart = copies[handler.TryStart],
            TryEnd = Boundary(handler.TryEnd),
            FilterStart = handler.FilterStart == null ? null : copies[handler.FilterStart],
            HandlerStart = copies[handler.HandlerStart],
            HandlerEnd = Boundary(handler.HandlerEnd),
        };

        Instruction? Boundary(Instruction? boundary) => boundary == null ? end : copies[boundary];
    }
}
