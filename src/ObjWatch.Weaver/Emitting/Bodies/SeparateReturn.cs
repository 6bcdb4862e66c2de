using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>How an instrumented copy returns: where it stands in a method of its own, that method answers whether it has done
/// anything.</summary>
internal static class SeparateReturn
{
    /// <summary>Writes the return from an instrumented copy, wherever it stands.</summary>
    /// <param name="context">The method.</param>
    /// <param name="result">The local that holds the result, or <see langword="null"/>.</param>
    public static void Return(MethodContext context, VariableDefinition? result)
    {
        CodeBuilder code = context.Code;
        if (result != null && (!context.IsSeparate || result.VariableType.IsByReference))
        {
            if (context.IsSeparate)
                Answer(context, 1);
            code.LoadLocal(result);
        }
        else if (context is { IsSeparate: true, IsSeparateConstructor: false })
        {
            if (result != null)
            {
                code.LoadArgument(LastParameter(context));
                code.LoadLocal(result);
                code.Emit(OpCodes.Stobj, result.VariableType);
            }

            code.LoadInteger(1);
        }

        code.Emit(OpCodes.Ret);
    }

    /// <summary>Writes the return from a separate body that has done nothing.</summary>
    public static void Decline(MethodContext context)
    {
        if (context.Host.ReturnType.MetadataType == MetadataType.Boolean)
        {
            context.Code.LoadInteger(0);
        }
        else if (!context.IsSeparateConstructor)
        {
            Answer(context, 0);
            context.Code.LoadLocal(context.Locals.Shared(context.Host.ReturnType, "none")); // never stored to, and never looked at
        }

        context.Code.Emit(OpCodes.Ret);
    }

    private static void Answer(MethodContext context, int done)
    {
        context.Code.LoadArgument(LastParameter(context));
        context.Code.LoadInteger(done);
        context.Code.Emit(OpCodes.Stind_I1);
    }

    /// <summary>What a separate body takes besides what the method was given.</summary>
    public static ParameterDefinition LastParameter(MethodContext context) => context.Host.Parameters[context.Host.Parameters.Count - 1];
}
