using System;
using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Diagnostics;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Emitting.Registering;
using ObjWatch.Weaver.Loading;
using ObjWatch.Weaver.Marking;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting;

/// <summary>Does to an assembly what has been planned, and leaves in it what the runtime needs to know of that.</summary>
internal sealed class AssemblyEmitter
{
    private const string FrameName = "<ObjWatch>frame";

    private readonly ModuleDefinition _module;
    private readonly AssemblyPlan _plan;
    private readonly WeaveRequest _request;
    private readonly Obstacles _obstacles;
    private readonly MissingReferences _missing;
    private readonly DiagnosticSink _sink;
    private readonly Dictionary<StateMachine, TracedMachine> _machines = new();
    private readonly Dictionary<MethodDefinition, MethodContext> _contexts = new();

    /// <summary>Prepares to do so.</summary>
    /// <param name="module">What is to be woven.</param>
    /// <param name="plan">What is to be done.</param>
    /// <param name="request">What was asked for.</param>
    /// <param name="obstacles">Takes what is in the way of single methods.</param>
    /// <param name="missing">What could not be resolved.</param>
    /// <param name="sink">Takes what there is to say of methods.</param>
    public AssemblyEmitter(
        ModuleDefinition module, AssemblyPlan plan, WeaveRequest request, Obstacles obstacles, MissingReferences missing,
        DiagnosticSink sink)
    {
        _module = module;
        _plan = plan;
        _request = request;
        _obstacles = obstacles;
        _missing = missing;
        _sink = sink;
    }

    /// <summary>Weaves the module in memory.</summary>
    /// <param name="runtime">The runtime library.</param>
    public EmittedAssembly Emit(ModuleDefinition runtime)
    {
        RuntimeReferences references = RuntimeReferences.Import(_module, runtime);
        Registration registration = Registration.Prepare(_module, references);
        var sites = new SiteTableBuilder(_plan.Members.Numbers);
        var context = new ModuleContext(_module, references, sites, _plan.Members, _plan.Shapes, _plan.Escaped, registration, _request);
        _missing.ConcernAssembly(_sink);
        PrepareMethods(context);
        (MethodReport[] reports, List<MethodContext> woven) = EmitMethods();
        AnnotatedProperties.MarkFields(woven.Select(method => method.Original));
        RedactedFields.Mark(_module);
        registration.AddTo(_module, _plan.Initializer, sites.SiteCount);
        WovenMark.Add(sites.Complete(), _module, _request);
        _missing.ConcernAssembly(_sink);
        return new EmittedAssembly(reports, woven.Select(method => (method.Original, method.Host)).ToList());
    }

    /// <summary>Gives every method its number before any gets its code, which may name another's.</summary>
    private void PrepareMethods(ModuleContext context)
    {
        var separate = new SeparateMethods(_module, context.Runtime);
        foreach (MethodPlan plan in _plan.Methods.Where(plan => plan.Treatment != MethodTreatment.Leave))
        {
            TracedMachine? machine = plan.Machine == null ? null : PrepareMachine(context, plan);
            MethodDefinition host = separate.HostOf(plan);
            _contexts[plan.Method] = MethodContext.Begin(context, plan, host, machine, machine?.Site ?? AddMethod(context, plan));
            _missing.Concern(plan.Method, _obstacles);
        }
    }

    private TracedMachine PrepareMachine(ModuleContext context, MethodPlan plan)
    {
        StateMachine machine = plan.Machine!;
        if (!_machines.TryGetValue(machine, out TracedMachine? traced))
        {
            var frame = new FieldDefinition(FrameName, FieldAttributes.Assembly, context.Runtime.StateMachineFrame);
            machine.Type.Fields.Add(frame);
            _machines[machine] = traced = new TracedMachine(machine, frame, AddMethod(context, plan), plan.MachineIsLeft);
        }

        return traced;
    }

    private static MethodSite AddMethod(ModuleContext context, MethodPlan plan)
    {
        MethodFlags flags = plan.HasObject ? MethodFlags.None : MethodFlags.Static;
        if (plan.IsClassConstructor)
            flags |= MethodFlags.Constructor;
        if (context.Shapes.Of(plan.InSource.ReturnType) == ValueShape.None)
            flags |= MethodFlags.ReturnsVoid;
        if (!plan.Traced)
            flags |= MethodFlags.StoresOnly;
        int method = context.Sites.AddMethod(plan.InSource, flags);
        return new MethodSite(method, context.Sites.AddSite(SiteKind.Method, method, -1, SourceLines.Start(plan.Method)?.StartLine ?? 0));
    }

    private (MethodReport[] Reports, List<MethodContext> Woven) EmitMethods()
    {
        var lambdas = SharedLambdas.In(_module);
        var reports = new MethodReport[_plan.Methods.Count];
        var failed = new HashSet<MethodDefinition>();

        // The body of a state machine comes before the method that begins it: where the one cannot be woven the other is a plain method.
        foreach (int i in Enumerable.Range(0, _plan.Methods.Count).OrderBy(i => _plan.Methods[i].Part == StateMachinePart.KickOff))
        {
            MethodPlan plan = _plan.Methods[i];
            bool woven = plan.Treatment != MethodTreatment.Leave && TryEmit(_contexts[plan.Method], lambdas);
            if (plan.Treatment != MethodTreatment.Leave && !woven)
                failed.Add(plan.Method);
            string reason = woven || plan.Treatment == MethodTreatment.Leave ? plan.Reason : UnusualCode.Reason;
            reports[i] = new MethodReport(CSharpNames.Signature(plan.Method), woven, reason);
        }

        return (reports, _contexts.Values.Where(context => !failed.Contains(context.Original)).ToList());
    }

    private bool TryEmit(MethodContext context, SharedLambdas lambdas)
    {
        try
        {
            Emit(context, lambdas);
            return true;
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            context.Locals.Remove();
            if (context.Plan is { Part: StateMachinePart.MoveNext, Machine: { } machine })
                _machines[machine].Leave();
            _sink.Add(Codes.MethodNotWoven.About(_request.AssemblyPath, CSharpNames.Signature(context.Original), UnusualCode.Describe(e)));
            return false;
        }
        finally
        {
            _missing.Concern(context.Original, _obstacles);
        }
    }

    private void Emit(MethodContext context, SharedLambdas lambdas)
    {
        if (context.Plan.Placement == BodyPlacement.ReportedAfterwards)
        {
            SimpleConstructorReport.Write(context);
            return;
        }

        ConstructorChain? chain = context.Plan.IsClassConstructor ? ConstructorChain.Find(context.Original) : null;
        int? chainedSite = context.Plan.Traced && chain != null ? SiteOfConstructor(chain.Target) : null;
        bool gaveUpTailCall = MethodEmitter.Emit(BodyContext.Of(context, chain, chainedSite));
        if (context.IsSeparate)
            Diversion.To(context, chain);
        lambdas.Allow(context);
        if (gaveUpTailCall)
            _sink.Add(Codes.TailCallGivenUp.About(_request.AssemblyPath, CSharpNames.Signature(context.Original)));
    }

    private int? SiteOfConstructor(MethodReference constructor) =>
        constructor.DeclaringType.GetElementType() is TypeDefinition && constructor.Resolve() is { } definition
            && _contexts.TryGetValue(definition, out MethodContext? context) && context.Plan.Traced
            ? context.Site.Site
            : null;
}
