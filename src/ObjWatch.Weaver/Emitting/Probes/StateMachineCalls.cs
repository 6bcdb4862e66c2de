using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Emitting.Registering;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Run, end, and what lies between them in async methods and iterators: suspensions and resumptions.</summary>
/// <remarks>
/// An async method is entered where it is called. The state machine takes over its frame, gives it back when it is suspended, and says when
/// it has ended, which it does by a call of its builder. An iterator is entered by its first MoveNext, and says with MoveNext's result
/// whether it gives a value or has ended.
/// </remarks>
internal static class StateMachineCalls
{
    /// <summary>Whether the body woven is a state machine's, of which the method of the source is one call.</summary>
    public static bool Runs(MethodContext context) => context.Part is StateMachinePart.MoveNext or StateMachinePart.Dispose;

    /// <summary>Asks for the recorder, in a method of the state machine itself.</summary>
    public static void Enter(MethodContext context)
    {
        StateMachine machine = context.Machine!;
        CodeBuilder code = context.Code;
        LoadState(context);
        if (context.Part == StateMachinePart.Other)
        {
            code.Call(context.Module.Runtime.Method(nameof(Probe.AttachPart)));
            return;
        }

        code.LoadSite(context.Module.FirstSite, context.Site.Site);
        if (!BeginsInMoveNext(context))
        {
            code.Call(context.Module.Runtime.Method(nameof(Probe.Resume)));
            return;
        }

        if (machine.State is { } state)
        {
            code.LoadThis();
            code.Emit(OpCodes.Ldfld, machine.FromWithin(state));
            code.LoadInteger(machine.InitialState);
            code.Emit(OpCodes.Ceq);
        }
        else
        {
            code.LoadInteger(1);
        }

        code.Call(context.Module.Runtime.Method(nameof(Probe.EnterIterator)));
    }

    /// <summary>Completes the run event where the method begins here, and finds the frame.</summary>
    public static void Run(MethodContext context)
    {
        CodeBuilder code = context.Code;
        RuntimeReferences runtime = context.Module.Runtime;
        context.Frame = context.Locals.New(context.Module.Module.TypeSystem.Int32);
        Instruction ready = Instruction.Create(OpCodes.Nop);
        Instruction resumed = Instruction.Create(OpCodes.Nop);
        if (BeginsInMoveNext(context))
        {
            code.LoadLocal(context.Recorder);
            code.Call(runtime.Method(nameof(Probe.IsEntering)));
            code.Emit(OpCodes.Brfalse, resumed);
            StateMachineFields.LoadArguments(context);
            code.LoadLocal(context.Recorder);
            code.Call(runtime.Method(nameof(Probe.Entered)));
            code.StoreLocal(context.Frame);
            code.Emit(OpCodes.Br, ready);
        }

        code.Add(resumed);
        code.LoadLocal(context.Recorder);
        code.Call(runtime.Method(nameof(Probe.Resumed)));
        code.StoreLocal(context.Frame);
        code.Add(ready);
    }

    /// <summary>Writes what comes before the return of the woven method.</summary>
    /// <param name="context">The method.</param>
    /// <param name="result">The local that holds what it returns, or <see langword="null"/>.</param>
    public static void Return(MethodContext context, VariableDefinition? result)
    {
        CodeBuilder code = context.Code;
        if (context.Part == StateMachinePart.KickOff || context.Machine!.Kind != StateMachineKind.Iterator)
        {
            code.LoadLocal(context.Recorder);
            code.LoadLocal(context.Frame!);
            code.Call(context.Module.Runtime.Method(nameof(Probe.Leave)));
            return;
        }

        Instruction ended = Instruction.Create(OpCodes.Nop);
        Instruction done = Instruction.Create(OpCodes.Nop);
        if (result != null)
        {
            code.LoadLocal(result);
            code.Emit(OpCodes.Brfalse, ended);
            Yield(context);
            code.Emit(OpCodes.Br, done);
        }

        code.Add(ended);
        EndWithoutResult(context);
        code.Add(done);
    }

    /// <summary>Says that an exception that has left the method has ended the state machine with it.</summary>
    public static void AfterException(MethodContext context)
    {
        if (Runs(context) && context.Machine!.Kind == StateMachineKind.Iterator)
            Finish(context);
    }

    private static bool BeginsInMoveNext(MethodContext context) =>
        context.Part == StateMachinePart.MoveNext && context.Machine!.Kind != StateMachineKind.Async;

    private static void LoadState(MethodContext context)
    {
        context.Code.LoadThis();
        context.Code.Emit(OpCodes.Ldflda, context.MachineFrame);
    }

    /// <summary>Says that it is suspended.</summary>
    /// <param name="context">The method.</param>
    /// <param name="opaque">Whether it gives a value that cannot be shown.</param>
    public static void Suspend(MethodContext context, bool opaque)
    {
        LoadFrameAndState(context);
        context.Code.LoadInteger(opaque ? 1 : 0);
        context.Code.Call(context.Module.Runtime.Method(nameof(Probe.Await)));
    }

    /// <summary>Says that it gives a value.</summary>
    public static void Yield(MethodContext context)
    {
        StateMachine machine = context.Machine!;
        if (machine.Current is not { } current || context.Module.Shapes.Of(current.FieldType) == ValueShape.Opaque)
        {
            Suspend(context, opaque: true);
            return;
        }

        LoadFrameAndState(context);
        StateMachineFields.Load(context, current);
        context.CallProbe(nameof(Probe.Yield), nameof(Probe.YieldReference), context.Module.Shapes.Of(current.FieldType),
            current.FieldType);
    }

    /// <summary>Says that it has ended.</summary>
    /// <param name="context">The method.</param>
    /// <param name="opaque">Whether with a result that cannot be shown.</param>
    public static void EndWithoutResult(MethodContext context, bool opaque = false)
    {
        CodeBuilder code = context.Code;
        code.LoadLocal(context.Recorder);
        code.LoadLocal(context.Frame!);
        code.LoadInteger(opaque ? 1 : 0);
        code.Call(context.Module.Runtime.Method(nameof(Probe.End)));
        Finish(context);
    }

    /// <summary>Has the state machine forget its invocation, which has ended.</summary>
    public static void Finish(MethodContext context)
    {
        context.Code.LoadLocal(context.Recorder);
        LoadState(context);
        context.Code.Call(context.Module.Runtime.Method(nameof(Probe.Finish)));
    }

    private static void LoadFrameAndState(MethodContext context)
    {
        context.Code.LoadLocal(context.Recorder);
        context.Code.LoadLocal(context.Frame!);
        LoadState(context);
    }
}
