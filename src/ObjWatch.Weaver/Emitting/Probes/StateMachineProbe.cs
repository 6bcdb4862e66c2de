using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>The calls by which an async method or an iterator starts, suspends and ends itself.</summary>
internal sealed class StateMachineProbe : InstructionProbe
{
    private const string Promise = "System.Threading.Tasks.Sources.ManualResetValueTaskSourceCore`1";

    private StateMachineProbe(BodyContext body)
        : base(body)
    {
    }

    /// <summary>In what begins or runs a state machine.</summary>
    public static ProbeKind Kind { get; } = new(
        "state machines",
        (plan, _) => plan.Part is StateMachinePart.KickOff or StateMachinePart.MoveNext,
        body => new StateMachineProbe(body));

    public override bool EndsStatement(Instruction instruction) =>
        instruction.OpCode.Code is Code.Call or Code.Callvirt && Changes(instruction);

    /// <summary>Whether the instruction starts, suspends or ends the state machine.</summary>
    private bool Changes(Instruction instruction)
    {
        if (Context.Machine is not { } machine || instruction.Operand is not MethodReference { HasThis: true } callee)
            return false;
        if (Context.Part == StateMachinePart.KickOff)
            return machine.IsStart(instruction);
        if (Context.Part != StateMachinePart.MoveNext || machine.Kind == StateMachineKind.Iterator)
            return false;
        string type = callee.DeclaringType.GetElementType().FullName;
        string builder = machine.Builder!.GetElementType().FullName;
        return callee.Name switch
        {
            "AwaitOnCompleted" or "AwaitUnsafeOnCompleted" => type == builder,
            "SetException" or "SetResult" => type == (machine.Kind == StateMachineKind.Async ? builder : Promise),
            _ => false,
        };
    }

    /// <summary>Writes what comes before such an instruction. Nothing of the method may be looked at after it: another thread may have gone
    /// on.</summary>
    public override void Before(CopiedInstruction copied)
    {
        if (!EndsStatement(copied.Instruction))
            return;
        var callee = (MethodReference)copied.Instruction.Operand;
        switch (callee.Name)
        {
            case "Start":
                Start((GenericInstanceMethod)callee);
                break;
            case "SetException":
                Fail();
                break;
            case "SetResult" when Context.Machine!.Kind == StateMachineKind.AsyncIterator:
                YieldOrEnd();
                break;
            case "SetResult":
                End(callee);
                break;
            default:
                StateMachineCalls.Suspend(Context, opaque: false);
                break;
        }
    }

    /// <summary>With the state machine's address on the stack, and leaving it there.</summary>
    private void Start(GenericInstanceMethod start)
    {
        StateMachine machine = Context.Machine!;
        TypeReference type = start.GenericArguments[0];
        Output.Emit(OpCodes.Dup);
        if (!machine.Type.IsValueType)
            Output.Emit(OpCodes.Ldind_Ref);
        Output.Emit(OpCodes.Ldflda, GenericTypes.FieldOf(type, Context.MachineFrame));
        Output.LoadLocal(Context.Recorder);
        Output.LoadLocal(Context.Frame!);
        Output.Call(Context.Module.Runtime.Method(nameof(Probe.Start)));
    }

    /// <summary>With the exception on the stack, and leaving it there.</summary>
    private void Fail()
    {
        VariableDefinition exception = Context.Locals.Shared(Context.Module.Module.TypeSystem.Object, "failure");
        Output.Emit(OpCodes.Dup);
        Output.StoreLocal(exception);
        CallProbes.EndException(Context, exception);
        StateMachineCalls.Finish(Context);
    }

    /// <summary>With the result on the stack, if there is one, and leaving it there.</summary>
    private void End(MethodReference setResult)
    {
        if (setResult.Parameters.Count != 1)
        {
            StateMachineCalls.EndWithoutResult(Context);
            return;
        }

        TypeReference type = setResult.Parameters[0].ParameterType;
        if (setResult.DeclaringType is GenericInstanceType instance)
            type = GenericTypes.Substitute(type, instance);
        ValueShape shape = Context.Module.Shapes.Of(type);
        if (shape == ValueShape.Opaque)
        {
            StateMachineCalls.EndWithoutResult(Context, opaque: true);
            return;
        }

        VariableDefinition result = Context.Locals.New(type);
        Output.StoreLocal(result);
        Output.LoadLocal(Context.Recorder);
        Output.LoadLocal(Context.Frame!);
        Context.LoadForProbe(result, shape);
        Context.CallProbe(nameof(Probe.EndValue), nameof(Probe.EndReference), shape, type);
        StateMachineCalls.Finish(Context);
        Output.LoadLocal(result);
    }

    /// <summary>With the promise's result on the stack, which says whether there is another value, and leaving it there.</summary>
    private void YieldOrEnd()
    {
        Instruction ended = Instruction.Create(OpCodes.Nop);
        Instruction done = Instruction.Create(OpCodes.Nop);
        Output.Emit(OpCodes.Dup);
        Output.Emit(OpCodes.Brfalse, ended);
        StateMachineCalls.Yield(Context);
        Output.Emit(OpCodes.Br, done);
        Output.Add(ended);
        StateMachineCalls.EndWithoutResult(Context);
        Output.Add(done);
    }
}
