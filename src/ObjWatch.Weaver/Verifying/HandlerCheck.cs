using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Verifying;

/// <summary>Checks that the regions of exception handlers are in the body, not empty, and lie beside or within each other.</summary>
internal static class HandlerCheck
{
    /// <summary>Says what is wrong with the handlers; <see langword="null"/> when they are sound.</summary>
    public static string? FindFault(MethodBody body, InstructionNumbers numbers)
    {
        if (!body.HasExceptionHandlers)
            return null;
        var regions = new List<(int Start, int End)>();
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            Instruction?[] bounds = [handler.TryStart, handler.TryEnd, handler.HandlerStart, handler.HandlerEnd, handler.FilterStart];
            if (handler.TryStart is null || handler.HandlerStart is null)
                return "an exception handler has no bounds";
            if (bounds.OfType<Instruction>().Any(bound => numbers.Of(bound) < 0))
                return "the bound of an exception handler is not in the body";
            int tryEnd = handler.TryEnd is null ? body.Instructions.Count : numbers.Of(handler.TryEnd);
            int handlerEnd = handler.HandlerEnd is null ? body.Instructions.Count : numbers.Of(handler.HandlerEnd);
            regions.Add((numbers.Of(handler.TryStart), tryEnd));
            regions.Add((numbers.Of(handler.FilterStart ?? handler.HandlerStart), handlerEnd));
        }

        if (regions.Any(region => region.Start >= region.End))
            return "the region of an exception handler is empty";

        // Sorted by start, longest first, each region must end within the innermost one that is still open.
        var open = new Stack<int>();
        foreach ((int start, int end) in regions.Distinct().OrderBy(region => region.Start).ThenByDescending(region => region.End))
        {
            while (open.Count > 0 && open.Peek() <= start)
                open.Pop();
            if (open.Count > 0 && open.Peek() < end)
                return "the regions of exception handlers overlap";
            open.Push(end);
        }

        return null;
    }
}
