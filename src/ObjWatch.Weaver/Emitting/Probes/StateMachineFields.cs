using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>What a state machine holds, as its own methods hand it to probes.</summary>
internal static class StateMachineFields
{
    /// <summary>Loads a field as a probe takes it.</summary>
    public static void Load(MethodContext context, FieldDefinition field)
    {
        context.Code.LoadThis();
        context.Code.Emit(OpCodes.Ldfld, context.Machine!.FromWithin(field));
        if (context.Module.Shapes.Of(field.FieldType) == ValueShape.Pointer)
            context.Code.Emit(OpCodes.Conv_U);
    }

    /// <summary>Adds the arguments to the run event. They stand in the state machine; what its code does not use is not there, and shown by
    /// its type.</summary>
    public static void LoadArguments(MethodContext context)
    {
        if (context.Plan.HasObject)
            Argument(context, context.Machine!.This);
        foreach (ParameterDefinition parameter in context.Machine!.KickOff.Parameters)
            Argument(context, context.Machine.FieldOf(parameter));
    }

    private static void Argument(MethodContext context, FieldDefinition? field)
    {
        CodeBuilder code = context.Code;
        code.LoadLocal(context.Recorder);
        ValueShape shape = field == null ? ValueShape.Opaque : context.Module.Shapes.Of(field.FieldType);
        if (shape == ValueShape.Opaque)
        {
            code.Call(context.Module.Runtime.Method(nameof(Probe.ArgumentOpaque)));
            return;
        }

        Load(context, field!);
        context.CallProbe(nameof(Probe.Argument), nameof(Probe.ArgumentReference), shape, field!.FieldType);
    }
}
