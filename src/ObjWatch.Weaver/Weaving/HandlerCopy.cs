using System;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Copies exception handlers.</summary>
internal static class HandlerCopy
{
    /// <summary>A handler over the copies of the instructions that <paramref name="handler"/> is over.</summary>
    /// <param name="handler">The original.</param>
    /// <param name="copyOf">Leads from an original instruction to its copy.</param>
    /// <param name="end">What stands behind the copied body: where a boundary at the end of the method leads.</param>
    public static ExceptionHandler Of(ExceptionHandler handler, Func<Instruction, Instruction> copyOf, Instruction? end)
    {
        return new ExceptionHandler(handler.HandlerType)
        {
            CatchType = handler.CatchType,
            TryStart = copyOf(handler.TryStart),
            TryEnd = Boundary(handler.TryEnd),
            FilterStart = handler.FilterStart == null ? null : copyOf(handler.FilterStart),
            HandlerStart = copyOf(handler.HandlerStart),
            HandlerEnd = Boundary(handler.HandlerEnd),
        };

        Instruction? Boundary(Instruction? boundary) => boundary == null ? end : copyOf(boundary);
    }
}
