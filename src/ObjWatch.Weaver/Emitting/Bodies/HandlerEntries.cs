using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Where exceptions come to in a body.</summary>
internal sealed class HandlerEntries
{
    private readonly Dictionary<Instruction, TypeReference> _caught;

    private HandlerEntries(IList<ExceptionHandler> all, Dictionary<Instruction, TypeReference> caught)
    {
        All = all;
        _caught = caught;
    }

    /// <summary>All handlers.</summary>
    public IList<ExceptionHandler> All { get; }

    /// <summary>Those of a method.</summary>
    /// <param name="method">The method.</param>
    /// <param name="anything">The type of what a filter lets through.</param>
    public static HandlerEntries Of(MethodDefinition method, TypeReference anything)
    {
        var caught = new Dictionary<Instruction, TypeReference>();
        if (!method.Body.HasExceptionHandlers)
            return new HandlerEntries([], caught);
        foreach (ExceptionHandler handler in method.Body.ExceptionHandlers)
        {
            if (handler.HandlerType == ExceptionHandlerType.Catch)
                caught[handler.HandlerStart] = handler.CatchType;
            else if (handler.HandlerType == ExceptionHandlerType.Filter)
                caught[handler.HandlerStart] = anything;
        }

        return new HandlerEntries(method.Body.ExceptionHandlers, caught);
    }

    /// <summary>The type of the exception that lies on the stack at an instruction because it has been caught, or
    /// <see langword="null"/>.</summary>
    public TypeReference? CaughtAt(Instruction instruction) => _caught.TryGetValue(instruction, out TypeReference? type) ? type : null;
}
