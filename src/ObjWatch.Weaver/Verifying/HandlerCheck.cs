using System.Collections.Generic;
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
        var regions = new List<(int Start, int End)>(body.ExceptionHandlers.Count * 2);
        foreach (ExceptionHandler handler in body.ExceptionHandlers)
        {
            if (handler.TryStart is null || handler.HandlerStart is null)
                return "an exception handler has no bounds";
            int end = body.Instructions.Count;
            int tryStart = numbers.Of(handler.TryStart);
            int tryEnd = handler.TryEnd is null ? end : numbers.Of(handler.TryEnd);
            int filterStart = handler.FilterStart is null ? 0 : numbers.Of(handler.FilterStart);
            int handlerStart = numbers.Of(handler.HandlerStart);
            int handlerEnd = handler.HandlerEnd is null ? end : numbers.Of(handler.HandlerEnd);
            if (tryStart < 0 || tryEnd < 0 || filterStart < 0 || handlerStart < 0 || handlerEnd < 0)
                return "the bound of an exception handler is not in the body";
            int start = handler.FilterStart is null ? handlerStart : filterStart;
            if (tryStart >= tryEnd || start >= handlerEnd)
                return "the region of an exception handler is empty";
            regions.Add((tryStart, tryEnd));
            regions.Add((start, handlerEnd));
        }

        // Sorted by start, longest first, each region must end within the innermost one that is still open.
        regions.Sort((left, right) => left.Start != right.Start ? left.Start.CompareTo(right.Start) : right.End.CompareTo(left.End));
        var open = new Stack<int>();
        foreach ((int start, int end) in regions)
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
