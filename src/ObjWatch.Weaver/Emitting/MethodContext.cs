using System;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting;

/// <summary>The method being woven, as its probes see it.</summary>
internal sealed class MethodContext
{
    private readonly Lazy<ObjectPath?> _object;
    private readonly TracedMachine? _machine;

    private MethodContext(
        ModuleContext module, MethodPlan plan, MethodDefinition host, TracedMachine? machine, MethodSite site, AddedLocals locals,
        VariableDefinition recorder)
    {
        Module = module;
        Plan = plan;
        Host = host;
        _machine = machine;
        Site = site;
        Line = SourceLines.Start(plan.Method)?.StartLine ?? 0;
        Locals = locals;
        Recorder = recorder;
        Result = module.Shapes.Of(plan.Method.ReturnType);
        _object = new Lazy<ObjectPath?>(
            () => ObjectPath.Of(Host, Part is StateMachinePart.None or StateMachinePart.KickOff ? null : Machine));
    }

    /// <summary>What all methods share.</summary>
    public ModuleContext Module { get; }

    /// <summary>What is to be done.</summary>
    public MethodPlan Plan { get; }

    /// <summary>The method of the assembly, whose code is copied and stays.</summary>
    public MethodDefinition Original => Plan.Method;

    /// <summary>The method that gets the instrumented copy: <see cref="Original"/> or one of its own, which has the same parameters and
    /// locals at the same places. Instructions name them by their place when they are written, so those of the one do for the
    /// other.</summary>
    public MethodDefinition Host { get; }

    /// <summary>Whether the copy stands in a method of its own.</summary>
    public bool IsSeparate => Plan.Placement != BodyPlacement.SameMethod;

    /// <summary>Whether that is another constructor, which takes the recorder as its last argument.</summary>
    public bool IsSeparateConstructor => Plan.Placement == BodyPlacement.SeparateConstructor;

    /// <summary>Its number in the table of sites, and the site of its run and end.</summary>
    public MethodSite Site { get; }

    /// <summary>The local variables that its probes need.</summary>
    public AddedLocals Locals { get; }

    /// <summary>The local that holds the thread's recorder.</summary>
    public VariableDefinition Recorder { get; }

    /// <summary>The local that holds the frame; a traced method has one.</summary>
    public VariableDefinition? Frame { get; set; }

    /// <summary>How the result can be handed to a probe.</summary>
    public ValueShape Result { get; }

    /// <summary>The code that is being written.</summary>
    public CodeBuilder Code { get; } = new();

    /// <summary>Line of the statement that is being copied, or 0.</summary>
    public int Line { get; set; }

    /// <summary>The state machine that the method begins or is a part of, where that is traced.</summary>
    public StateMachine? Machine => _machine is { IsLeft: false } ? _machine.Machine : null;

    /// <summary>The field of the state machine that remembers the traced invocation, as its own methods name it.</summary>
    public FieldReference MachineFrame => Machine!.FromWithin(_machine!.Frame);

    /// <summary>As what.</summary>
    public StateMachinePart Part => Machine == null ? StateMachinePart.None : Plan.Part;

    /// <summary>Whether the current line is kept, so that what is called from here can tell it.</summary>
    public bool KeepsLine => Plan.Traced || Part == StateMachinePart.Other;

    /// <summary>The class of the object that the source calls <c>this</c>, as the woven method names it; <see langword="null"/> where there
    /// is none. In a state machine and in a lambda it stands in a field.</summary>
    public TypeReference? ObjectType => _object.Value?.Type;

    /// <summary>Begins to weave a method: gives its host the local that every probe needs.</summary>
    /// <param name="module">What all methods share.</param>
    /// <param name="plan">What is to be done.</param>
    /// <param name="host">The method that is to hold the probes.</param>
    /// <param name="machine">The state machine that it begins or is a part of.</param>
    /// <param name="site">Its number and its site.</param>
    public static MethodContext Begin(ModuleContext module, MethodPlan plan, MethodDefinition host, TracedMachine? machine, MethodSite site)
    {
        var locals = new AddedLocals(host.Body);
        return new MethodContext(module, plan, host, machine, site, locals, locals.New(module.Runtime.ThreadRecorder));
    }

    /// <summary>Adds a site of this method at the current line.</summary>
    public int AddSite(SiteKind kind, int member) => Module.Sites.AddSite(kind, Site.Method, member, Line);

    /// <summary>Loads the recorder and a site: what most probes take first.</summary>
    public void LoadRecorderAndSite(int site)
    {
        Code.LoadLocal(Recorder);
        Code.LoadSite(Module.FirstSite, site);
    }

    /// <summary>Loads the object of <see cref="ObjectType"/>.</summary>
    public void LoadObject()
    {
        Code.LoadThis();
        foreach (FieldReference field in _object.Value!.Fields)
            Code.Emit(OpCodes.Ldfld, field);
    }

    /// <summary>Calls the probe of the family that takes values of the shape, with the value(s) on the stack.</summary>
    public void CallProbe(string generic, string reference, ValueShape shape, TypeReference type)
    {
        Code.Call(shape switch
        {
            ValueShape.Reference => Module.Runtime.Method(reference),
            ValueShape.Pointer => Module.Runtime.Method(generic, Module.Module.TypeSystem.UIntPtr),
            _ => Module.Runtime.Method(generic, TypeShapes.WithoutModifiers(type)),
        });
    }

    /// <summary>Calls the probe that reports a store, with all it takes on the stack: at the store's own line, or at the caller's where the
    /// method has none (the constructor of a record struct).</summary>
    public void CallUpdate(ValueShape shape, TypeReference type)
    {
        if (Plan.AtCallersLine || !Original.DebugInformation.HasSequencePoints)
            CallProbe(nameof(Probe.UpdateProperty), nameof(Probe.UpdatePropertyReference), shape, type);
        else
            CallProbe(nameof(Probe.Update), nameof(Probe.UpdateReference), shape, type);
    }

    /// <summary>A local's value as a probe takes it.</summary>
    public void LoadForProbe(VariableDefinition local, ValueShape shape)
    {
        Code.LoadLocal(local);
        if (shape == ValueShape.Pointer)
            Code.Emit(OpCodes.Conv_U);
    }
}
