using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Emitting.Registering;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Run and end: what a traced method says when it is entered and when it is left.</summary>
internal static class CallProbes
{
    // Parameters: behind the gate of a method with a separate body stand two bytes for each, and forty at most.
    private const int MostForShortBranch = 40;

    /// <summary>Asks for the thread's recorder and jumps to <paramref name="untraced"/> where there is none.</summary>
    public static void Enter(MethodContext context, ConstructorChain? chain, Instruction untraced)
    {
        CodeBuilder code = context.Code;
        if (context.IsSeparateConstructor)
        {
            code.LoadArgument(SeparateReturn.LastParameter(context));
            code.StoreLocal(context.Recorder);
            return;
        }

        if (!context.IsSeparate)
            TestGate(code, context, untraced);
        if (context.Part is not (StateMachinePart.None or StateMachinePart.KickOff))
            StateMachineCalls.Enter(context);
        else
            AskForRecorder(code, context, chain);
        code.StoreLocal(context.Recorder);
        code.LoadLocal(context.Recorder);
        code.Emit(OpCodes.Brfalse, untraced);
    }

    /// <summary>Asks for the thread's recorder, which is null where this invocation is not traced.</summary>
    public static void AskForRecorder(CodeBuilder code, MethodContext context, ConstructorChain? chain)
    {
        RuntimeReferences runtime = context.Module.Runtime;
        if (!context.Plan.Traced)
        {
            code.Call(runtime.Method(nameof(Probe.Attach)));
            return;
        }

        code.LoadSite(context.Module.FirstSite, context.Site.Site);
        if (context.Plan.IsClassConstructor)
            code.LoadInteger(chain != null && ConstructorProbe.MayReserve(context.Original.DeclaringType) ? 1 : 0);
        code.Call(runtime.Method(context.Plan.IsClassConstructor ? nameof(Probe.EnterConstructor) : nameof(Probe.Enter)));
    }

    /// <summary>Jumps to <paramref name="untraced"/> while the method is not traced: while tracing is off, and where it is narrowed to
    /// other methods.</summary>
    /// <returns>The first instruction of the test.</returns>
    public static Instruction TestGate(CodeBuilder code, MethodContext context, Instruction untraced)
    {
        OpCode otherwise = Otherwise(context);
        Instruction first = code.Emit(OpCodes.Ldsfld, context.Module.Registration.Open);
        code.Emit(otherwise, untraced);
        code.Emit(OpCodes.Ldsfld, context.Module.Registration.Gates);
        code.LoadInteger(context.Site.Site);
        code.Emit(OpCodes.Ldelem_U1);
        code.Emit(otherwise, untraced);
        return first;
    }

    /// <summary>The branch from a gate to the original. How far that is counts: the JIT inlines by size.</summary>
    public static OpCode Otherwise(MethodContext context) =>
        context.IsSeparate && context.Original.Parameters.Count < MostForShortBranch ? OpCodes.Brfalse_S : OpCodes.Brfalse;

    /// <summary>Hands over <c>this</c> and the arguments, and completes the run event.</summary>
    public static void Run(MethodContext context)
    {
        if (StateMachineCalls.Runs(context))
        {
            StateMachineCalls.Run(context);
            return;
        }

        context.Frame = context.Locals.New(context.Module.Module.TypeSystem.Int32);
        if (context.Plan.HasObject && !context.Plan.IsClassConstructor)
            This(context);
        foreach (ParameterDefinition parameter in context.Original.Parameters)
            Argument(context, parameter);
        context.Code.LoadLocal(context.Recorder);
        context.Code.Call(context.Module.Runtime.Method(nameof(Probe.Entered)));
        context.Code.StoreLocal(context.Frame);
    }

    /// <summary>Writes the end event of an orderly return.</summary>
    public static void End(MethodContext context, VariableDefinition? result)
    {
        if (context.Part != StateMachinePart.None)
        {
            StateMachineCalls.Return(context, result);
            return;
        }

        CodeBuilder code = context.Code;
        code.LoadLocal(context.Recorder);
        code.LoadLocal(context.Frame!);
        if (context.Result is ValueShape.None or ValueShape.Opaque)
        {
            code.LoadInteger(context.Result == ValueShape.Opaque ? 1 : 0);
            code.Call(context.Module.Runtime.Method(nameof(Probe.End)));
            return;
        }

        context.LoadForProbe(result!, context.Result);
        context.CallProbe(nameof(Probe.EndValue), nameof(Probe.EndReference), context.Result, context.Original.ReturnType);
    }

    /// <summary>Writes the end event of a method that an exception leaves.</summary>
    public static void EndException(MethodContext context, VariableDefinition exception)
    {
        CodeBuilder code = context.Code;
        code.LoadLocal(context.Recorder);
        code.LoadLocal(context.Frame!);
        code.LoadLocal(exception);
        code.Call(context.Module.Runtime.Method(nameof(Probe.EndException)));
    }

    /// <summary>At a catch handler's entry the exception is on the stack; frames that it left without an end of their own are
    /// closed.</summary>
    public static void Caught(MethodContext context, TypeReference type)
    {
        if (!context.Plan.Traced)
            return;
        VariableDefinition exception = context.Locals.Shared(type, "caught");
        context.Code.StoreLocal(exception);
        CloseAbove(context, exception);
        context.Code.LoadLocal(exception);
    }

    /// <summary>Closes the frames that an exception has left.</summary>
    public static void CloseAbove(MethodContext context, VariableDefinition exception)
    {
        CodeBuilder code = context.Code;
        code.LoadLocal(context.Recorder);
        code.LoadLocal(context.Frame!);
        code.LoadLocal(exception);
        if (exception.VariableType is GenericParameter)
            code.Emit(OpCodes.Box, exception.VariableType);
        code.Call(context.Module.Runtime.Method(nameof(Probe.Caught)));
    }

    private static void This(MethodContext context)
    {
        TypeDefinition type = context.Host.DeclaringType;
        CodeBuilder code = context.Code;
        code.LoadLocal(context.Recorder);
        if (!type.IsValueType)
        {
            code.LoadThis();
            code.Call(context.Module.Runtime.Method(nameof(Probe.ArgumentReference)));
            return;
        }

        TypeReference self = GenericTypes.SelfInstance(type);
        if (context.Module.Shapes.Of(self) == ValueShape.Opaque)
        {
            code.Call(context.Module.Runtime.Method(nameof(Probe.ArgumentOpaque)));
            return;
        }

        code.LoadThis();
        code.Emit(OpCodes.Ldobj, self);
        code.Call(context.Module.Runtime.Method(nameof(Probe.Argument), self));
    }

    /// <summary>A by-reference argument is not read: it may be no valid place, as the reference into an empty span is not.</summary>
    private static void Argument(MethodContext context, ParameterDefinition parameter)
    {
        CodeBuilder code = context.Code;
        ValueShape shape = context.Module.Shapes.Of(parameter.ParameterType);
        code.LoadLocal(context.Recorder);
        if (shape == ValueShape.Opaque)
        {
            code.Call(context.Module.Runtime.Method(nameof(Probe.ArgumentOpaque)));
            return;
        }

        code.LoadArgument(parameter);
        if (shape == ValueShape.Pointer)
            code.Emit(OpCodes.Conv_U);
        context.CallProbe(nameof(Probe.Argument), nameof(Probe.ArgumentReference), shape, parameter.ParameterType);
    }
}
