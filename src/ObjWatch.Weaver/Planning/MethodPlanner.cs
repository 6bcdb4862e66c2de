using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Selecting;

namespace ObjWatch.Weaver.Planning;

/// <summary>Decides for each method what is to be done with it.</summary>
internal sealed class MethodPlanner
{
    private const MethodImplAttributes RuntimeAsync = (MethodImplAttributes)0x2000; // MethodImplOptions.Async of .NET 10

    private readonly ISelection _selection;
    private readonly WatchedMembers _members;
    private readonly StateMachines _machines;
    private readonly ModuleInitializer _initializer;
    private readonly bool _accessors;

    public MethodPlanner(
        ISelection selection, WatchedMembers members, StateMachines machines, ModuleInitializer initializer, bool accessors)
    {
        _initializer = initializer;
        _machines = machines;
        _selection = selection;
        _members = members;
        _accessors = accessors;
    }

    /// <summary>The plan for one method that has a body.</summary>
    public MethodPlan Plan(MethodDefinition method)
    {
        if (ReasonNotToTouch(method) is { } reason)
            return Leave(method, reason);
        if (_initializer.RunsBefore(method.DeclaringType))
            return Leave(method, "initializes-module");
        bool stores = StoresWatched(method.Body.Instructions);
        MethodPlan ifNotTraced = stores
            ? new MethodPlan(method, MethodTreatment.StoresOnly, "stores")
            : Leave(method, "not-selected");
        if (_machines.IsBuilder(method.DeclaringType))
            return ifNotTraced with { Reason = stores ? "stores" : "async-builder" };
        if (_machines.Find(method) is { Part: not StateMachinePart.None } found && PlanPart(method, found.Machine, found.Part) is { } plan)
            return plan;
        if (SourceMembers.IsGenerated(method.DeclaringType) && !SourceMembers.IsClosure(method.DeclaringType)
            && !FunctionalNames.IsCode(method))
            return ifNotTraced with { Reason = stores ? "stores" : "compiler-generated" }; // a state machine, an anonymous type
        if (IsAutoAccessor(method) && !_accessors)
            return ifNotTraced with { Reason = stores ? "stores" : "trivial-accessor", AtCallersLine = true };
        if (IsCompilersOwn(method))
            return ifNotTraced with { Reason = stores ? "stores" : "compiler-generated" };
        if (!_selection.Traces(SourceMembers.SourceMethod(method)))
            return ifNotTraced;
        if (!_accessors && IsTrivialGetter(method))
            return Leave(method, "trivial-accessor");
        return new MethodPlan(method, MethodTreatment.Trace, "traced");
    }

    private static MethodPlan Leave(MethodDefinition method, string reason) => new(method, MethodTreatment.Leave, reason);

    /// <summary>A state machine is traced where its method is: an async method from its call on, an iterator from its first
    /// MoveNext.</summary>
    private MethodPlan? PlanPart(MethodDefinition method, StateMachine machine, StateMachinePart part)
    {
        if (!_selection.Traces(SourceMembers.SourceMethod(machine.KickOff))
            || ReasonNotToTouch(machine.KickOff) != null || ReasonNotToTouch(machine.MoveNext) != null)
            return null;
        if (part == StateMachinePart.KickOff && machine.Kind != StateMachineKind.Async)
            return Leave(method, "iterator");
        MethodTreatment treatment = part == StateMachinePart.Other ? MethodTreatment.StoresOnly : MethodTreatment.Trace;
        return new MethodPlan(method, treatment, "traced") { Machine = machine, Part = part };
    }

    private static string? ReasonNotToTouch(MethodDefinition method)
    {
        if ((method.ImplAttributes & RuntimeAsync) != 0)
            return "runtime-async";
        if (method.CallingConvention == MethodCallingConvention.VarArg)
            return "vararg";
        if (method.DeclaringType.Name is "<Module>" or "<PrivateImplementationDetails>")
            return "compiler-generated";
        if (method.Body.Instructions.Count == 0)
            return "no-code";
        return ReasonInCode(method.Body.Instructions);
    }

    private static string? ReasonInCode(Mono.Collections.Generic.Collection<Instruction> instructions)
    {
        for (int i = 0; i < instructions.Count; i++)
        {
            switch (instructions[i].OpCode.Code)
            {
                case Code.Jmp:
                    return "jump";
                case Code.Call or Code.Callvirt or Code.Newobj or Code.Calli
                    when instructions[i].Operand is IMethodSignature { CallingConvention: MethodCallingConvention.VarArg }:
                    return "vararg"; // not every runtime makes such calls: a copy of them would be refused like the original
            }
        }

        return null;
    }

    private bool StoresWatched(Mono.Collections.Generic.Collection<Instruction> instructions)
    {
        for (int i = 0; i < instructions.Count; i++)
        {
            if (instructions[i].OpCode.Code is Code.Stfld or Code.Stsfld or Code.Ldflda or Code.Ldsflda
                && _members.Find((FieldReference)instructions[i].Operand) != null)
                return true;
        }

        return false;
    }

    private static bool IsAutoAccessor(MethodDefinition method) =>
        (method.IsGetter || method.IsSetter || method.IsAddOn || method.IsRemoveOn)
        && (SourceMembers.IsCompilerGenerated(method) || FunctionalNames.IsSetter(method));

    /// <summary>Whether the compiler made the method up, as it does for records, closures and async entry points. Lambdas and local
    /// functions are the programmer's.</summary>
    private static bool IsCompilersOwn(MethodDefinition method)
    {
        if (FunctionalNames.IsCode(method) && method.Module.HasSymbols && SourceLines.First(method.DebugInformation.SequencePoints) == null)
            return true; // what a computation expression or a format needs besides the code of the source
        if (SourceMembers.IsLambda(method) || SourceMembers.LocalFunctionName(method) != null)
            return false;
        return SourceMembers.IsGenerated(method.DeclaringType)
            || method.Name == "<Main>"
            || (SourceMembers.IsCompilerGenerated(method) && !method.IsGetter && !method.IsSetter && !method.IsAddOn && !method.IsRemoveOn);
    }

    /// <summary>Whether all that a getter does is to hand out a field or a constant. A Debug build takes it through a local.</summary>
    private static bool IsTrivialGetter(MethodDefinition method) => method.IsGetter && !method.Body.HasExceptionHandlers
        && method.Body.Instructions.All(i => i.OpCode.Code
            is Code.Nop or Code.Ldarg_0 or Code.Ldfld or Code.Ldsfld or Code.Ldnull or Code.Ldstr
            or Code.Ret or Code.Br_S or Code.Stloc_0 or Code.Ldloc_0 or (>= Code.Ldc_I4_M1 and <= Code.Ldc_R8));
}
