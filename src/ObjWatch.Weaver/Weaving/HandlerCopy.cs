using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Weaving;

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

    /// <summary>The instructions at which an exception is on the stack because it has been caught, with its type.</summary>
    public static Dictionary<Instruction, TypeReference> CatchTypes(MethodDefinition method, TypeReference anything)
    {
        var catches = new Dictionary<Instruction, TypeReference>();
        if (!method.Body.HasExceptionHandlers)
            return catches;
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            if (handler.HandlerType == ExceptionHandlerType.Catch)
                catches[handler.HandlerStart] = handler.CatchType;
            else if (handler.HandlerType == ExceptionHandlerType.Filter)
                catches[handler.HandlerStart] = anything;
        }

        return catches;
    }
}
