using System.Collections.Generic;
using System.IO;
using System.Linq;
using System;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Loading;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Selecting;
using ObjWatch.Weaver.Verifying;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Weaves all methods of a module and leaves in it what the runtime needs to know of them.</summary>
internal sealed class ModuleWeaver
{
    private readonly ModuleContext _context;
    private readonly ISelection _selection;
    private readonly MethodDefinition[] _methods;
    private readonly WatchedMembers _members;
    private readonly Dictionary<MethodDefinition, MethodContext> _woven = new();
    private readonly DiagnosticSink _sink;
    private readonly Obstacles _obstacles;
    private readonly HashSet<MethodDefinition> _failed = new();
    private readonly SeparateBody _separateBody;
    private readonly SharedLambdas _sharedLambdas;
    private readonly ModuleInitializer _initializer;

    public ModuleWeaver(
        LoadedAssembly assembly, ISelection selection, RuntimeReferences probes, WeaveRequest request, DiagnosticSink sink, Obstacles obstacles)
    {
        ModuleDefinition module = assembly.Module;
        _obstacles = obstacles;
        _sink = sink;
        _separateBody = new SeparateBody(module, probes);
        _sharedLambdas = new SharedLambdas(module);
        var sites = new SiteTableBuilder();
        _selection = selection;
        _members = new WatchedMembers(selection, sites, request.Locals);
        _initializer = new ModuleInitializer(module);
        _methods = module.GetTypes().SelectMany(t => t.Methods).Where(m => m.HasBody).ToArray();
        var shapes = new TypeShapes();
        var escaped = new EscapedAddresses(_methods, _members, shapes, obstacles);
        var registration = new Registration(module, probes, _initializer);
        _context = new ModuleContext(module, probes, sites, _members, shapes, escaped, registration, request);
    }

    /// <summary>The table of probe sites; complete once <see cref="Weave"/> has returned.</summary>
    public SiteTable Sites => _context.Sites.Table;

    /// <summary>The methods that were woven, each with the one that holds its probes.</summary>
    public IEnumerable<(MethodDefinition Source, MethodDefinition Body)> Woven =>
        _woven.Where(pair => !_failed.Contains(pair.Key)).Select(pair => (pair.Key, pair.Value.Method));

    /// <summary>Weaves the module in memory.</summary>
    /// <returns>A report on every method with a body, in metadata order.</returns>
    public IReadOnlyList<MethodReport> Weave()
    {
        var planner = new MethodPlanner(_selection, _members, new StateMachines(_methods), _initializer, _context.Request.Accessors);
        List<(MethodDefinition Method, MethodPlan Plan)> plans = _methods.Select(m => (m, Plan(planner, m))).ToList();
        foreach ((MethodDefinition method, MethodPlan plan) in plans.Where(p => p.Plan.Treatment != MethodTreatment.Leave))
        {
            _obstacles.Current = method;
            if (plan.Machine is { Frame: null } machine)
                machine.Prepare(_context.Runtime);
            _woven[method] = new MethodContext(_context, method, _separateBody.For(method, plan.Treatment == MethodTreatment.Trace), plan);
        }

        // The body of a state machine comes before the method that begins it: where the one cannot be woven the other is a plain method.
        var reports = new MethodReport[plans.Count];
        foreach (int i in Enumerable.Range(0, plans.Count).OrderBy(i => plans[i].Plan.Part == StateMachinePart.KickOff))
            reports[i] = WeaveMethod(plans[i].Method, plans[i].Plan);
        _obstacles.Current = null;
        AnnotatedProperties.MarkFields(Woven.Select(pair => pair.Source));
        Redactions.MarkFields(_context.Module);
        _context.Registration.AddTo(Sites.Sites.Count);
        AddTable();
        return reports;
    }

    private MethodPlan Plan(MethodPlanner planner, MethodDefinition method)
    {
        _obstacles.Current = method;
        if (_obstacles.UnreadableBecause(method) is { } why)
        {
            Say(Codes.MethodNotWoven, method, why);
            return new MethodPlan(MethodTreatment.Leave, "unusual-code");
        }

        try
        {
            if (BranchToNowhere(method.Body.Instructions) is { } branch)
                _obstacles.IsUnreadable(method, $"{branch.OpCode.Name} leads out of the body");
            MethodPlan plan = planner.Plan(method);
            if (plan.Treatment == MethodTreatment.Leave || ReasonToLeave(method) is not { } reason)
                return plan;
            if (plan is { Part: StateMachinePart.MoveNext, Machine: { } machine })
                machine.Failed = true;
            return new MethodPlan(MethodTreatment.Leave, reason);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            _obstacles.IsUnreadable(method, Describe(e));
            return new MethodPlan(MethodTreatment.Leave, "unusual-code");
        }
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
        return "unusual-code";
    }

    private void Say(DiagnosticDescriptor descriptor, MethodDefinition method, string what) =>
        _sink.Add(descriptor.About(_context.Request.AssemblyPath, SignatureName(method), what));

    private static string Describe(Exception exception) => exception is KeyNotFoundException or NotSupportedException or InvalidOperationException
        ? exception.Message
        : $"{exception.GetType().Name}: {exception.Message}";

    private MethodReport WeaveMethod(MethodDefinition method, MethodPlan plan)
    {
        _obstacles.Current = method;
        string name = SignatureName(method);
        if (plan.Treatment == MethodTreatment.Leave)
            return new MethodReport(name, false, plan.Reason);
        MethodContext context = _woven[method];
        try
        {
            WeaveBody(context, name);
            return new MethodReport(name, true, plan.Reason);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            context.Locals.Remove();
            _failed.Add(method);
            if (plan is { Part: StateMachinePart.MoveNext, Machine: { } machine })
                machine.Failed = true;
            Say(Codes.MethodNotWoven, method, Describe(e));
            return new MethodReport(name, false, "unusual-code");
        }
    }

    private void WeaveBody(MethodContext context, string name)
    {
        if (context.Source is { IsConstructor: true, IsStatic: false } && context is { IsSeparate: true, IsSeparateConstructor: false })
        {
            new SimpleConstructor(context).Weave();
            return;
        }

        var weaver = new MethodWeaver(context, SiteOfConstructor);
        weaver.Weave();
        if (context.IsSeparate)
            SeparateBody.Divert(context, weaver.Chain);
        _sharedLambdas.Allow(context);
        if (weaver.GaveUpTailCall)
            _sink.Add(Codes.TailCallGivenUp.About(_context.Request.AssemblyPath, name));
    }

    private int? SiteOfConstructor(MethodReference constructor) =>
        constructor.DeclaringType.GetElementType() is TypeDefinition && constructor.Resolve() is { } definition
            && _woven.TryGetValue(definition, out MethodContext? context) && context.Traced
            ? context.MethodSite
            : null;

    private void AddTable()
    {
        Sites.WeaverVersion = WovenMark.WeaverVersion;
        Sites.AssemblyName = _context.Module.Assembly.Name.Name;
        foreach (KeyValuePair<string, string> option in WovenMark.Options(_context.Request))
            Sites.Options[option.Key] = option.Value;
        using var bytes = new MemoryStream();
        Sites.Write(bytes);
        _context.Module.Resources.Add(new EmbeddedResource(SiteTable.ResourceName, ManifestResourceAttributes.Private, bytes.ToArray()));
    }

    private static string SignatureName(MethodDefinition method) => CSharpNames.Qualified(method.DeclaringType) + "." + method.Name
        + "(" + string.Join(", ", method.Parameters.Select(p => CSharpNames.Of(p.ParameterType))) + ")";
}
