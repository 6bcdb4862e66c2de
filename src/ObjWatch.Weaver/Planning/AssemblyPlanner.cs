using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Selecting;
using ObjWatch.Weaver.Verifying;

namespace ObjWatch.Weaver.Planning;

/// <summary>Says of all methods of an assembly what is to be done with them. What cannot be read or resolved meanwhile becomes an
/// obstacle.</summary>
internal sealed class AssemblyPlanner
{
    private readonly LoadedAssembly _assembly;
    private readonly ISelection _selection;
    private readonly WeaveRequest _request;
    private readonly IReadOnlyList<IProbeKind> _probes;
    private readonly Obstacles _obstacles;
    private readonly MissingReferences _missing;
    private readonly DiagnosticSink _sink;

    /// <summary>Prepares to plan.</summary>
    /// <param name="assembly">The assembly.</param>
    /// <param name="selection">What is traced.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="probes">The kinds of probes there are.</param>
    /// <param name="obstacles">What is known to be in the way of single methods; takes what else is.</param>
    /// <param name="missing">What could not be resolved.</param>
    /// <param name="sink">Takes what there is to say of methods that are left as they are.</param>
    public AssemblyPlanner(
        LoadedAssembly assembly, ISelection selection, WeaveRequest request, IReadOnlyList<IProbeKind> probes, Obstacles obstacles,
        MissingReferences missing, DiagnosticSink sink)
    {
        _assembly = assembly;
        _selection = selection;
        _request = request;
        _probes = probes;
        _obstacles = obstacles;
        _missing = missing;
        _sink = sink;
    }

    /// <summary>Plans.</summary>
    public AssemblyPlan Plan()
    {
        ModuleDefinition module = _assembly.Module;
        MethodDefinition[] methods = module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).ToArray();
        var members = new WatchedMembers(_selection, _request.Locals);
        ModuleInitializer initializer = ModuleInitializer.Of(module);
        var shapes = new TypeShapes();
        EscapedAddresses escaped = FindEscaped(methods, members, shapes);
        var planner = new MethodPlanner(_selection, members, StateMachines.In(methods), initializer, _request.Accessors);
        var placement = new BodyPlacementPolicy(module);
        _missing.ConcernAssembly(_sink);
        List<MethodPlan> plans = methods.Select(method => Plan(planner, placement, method)).ToList();
        return new AssemblyPlan(WithoutLeftMachines(plans), members, escaped, initializer, shapes);
    }

    private EscapedAddresses FindEscaped(MethodDefinition[] methods, WatchedMembers members, TypeShapes shapes)
    {
        _missing.ConcernAssembly(_sink);
        var finder = new EscapedAddressFinder(members, shapes);
        foreach (MethodDefinition method in methods)
        {
            try
            {
                if (_obstacles.UnreadableBecause(method) == null)
                    finder.Look(method);
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                // A body that cannot be read is not woven either: the plan of the method says so.
            }
            finally
            {
                _missing.Concern(method, _obstacles);
            }
        }

        return finder.Found;
    }

    private MethodPlan Plan(MethodPlanner planner, BodyPlacementPolicy placement, MethodDefinition method)
    {
        if (_obstacles.UnreadableBecause(method) is { } why)
        {
            Say(Codes.MethodNotWoven, method, why);
            return new MethodPlan(method, MethodTreatment.Leave, UnusualCode.Reason);
        }

        try
        {
            if (BranchToNowhere(method.Body.Instructions) is { } branch)
                _obstacles.IsUnreadable(method, $"{branch.OpCode.Name} leads out of the body");
            MethodPlan plan = planner.Plan(method);
            _missing.Concern(method, _obstacles);
            if (plan.Treatment == MethodTreatment.Leave)
                return plan;
            return ReasonToLeave(method) is { } reason
                ? plan with { Treatment = MethodTreatment.Leave, Reason = reason }
                : WithProbes(plan with { Placement = placement.Of(method, plan.Traced) });
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _obstacles.IsUnreadable(method, UnusualCode.Describe(e));
            return new MethodPlan(method, MethodTreatment.Leave, UnusualCode.Reason);
        }
        finally
        {
            _missing.Concern(method, _obstacles);
        }
    }

    private MethodPlan WithProbes(MethodPlan plan) => plan.Placement == BodyPlacement.ReportedAfterwards
        ? plan // nothing is copied
        : plan with { Probes = _probes.Where(probe => probe.Concerns(plan, _request)).ToArray() };

    /// <summary>Why an earlier attempt says that the method is to be left as it is, or <see langword="null"/>.</summary>
    private string? ReasonToLeave(MethodDefinition method)
    {
        if (_obstacles.MissingFor(method) is { } assembly)
        {
            Say(Codes.MethodNeedsReference, method, assembly);
            return "missing-reference";
        }

        if (_obstacles.FaultOf(method) is not { } fault)
            return null;
        // Where the original is not sound either, that is not the weaver's doing.
        string? original = StackWalk.FindFault(method);
        Say(original == null ? Codes.UnsoundBody : Codes.MethodNotWoven, method, original ?? fault);
        return UnusualCode.Reason;
    }

    /// <summary>A method whose state machine's body is left is traced as one that only begins something.</summary>
    private static List<MethodPlan> WithoutLeftMachines(List<MethodPlan> plans)
    {
        var left = new HashSet<StateMachine>(plans
            .Where(plan => plan is { Treatment: MethodTreatment.Leave, Part: StateMachinePart.MoveNext, Machine: not null })
            .Select(plan => plan.Machine!));
        return left.Count == 0
            ? plans
            : plans.ConvertAll(plan => plan.Machine != null && left.Contains(plan.Machine) ? plan with { MachineIsLeft = true } : plan);
    }

    /// <summary>Cecil reads a branch to a place that begins no instruction as one to nothing.</summary>
    private static Instruction? BranchToNowhere(Mono.Collections.Generic.Collection<Instruction> instructions)
    {
        for (int i = 0; i < instructions.Count; i++)
        {
            if (LeadsNowhere(instructions[i]))
                return instructions[i];
        }

        return null;
    }

    private static bool LeadsNowhere(Instruction instruction) => instruction.OpCode.OperandType switch
    {
        OperandType.InlineBrTarget or OperandType.ShortInlineBrTarget => instruction.Operand is not Instruction,
        OperandType.InlineSwitch => instruction.Operand is not Instruction[] targets || targets.Contains(null),
        _ => false,
    };

    private void Say(DiagnosticDescriptor descriptor, MethodDefinition method, string what) =>
        _sink.Add(descriptor.About(_request.AssemblyPath, CSharpNames.Signature(method), what));
}
