using System;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Weaving;

/// <summary>What all of a module's methods share while they are woven.</summary>
/// <param name="Module">The module.</param>
/// <param name="Runtime">The probes.</param>
/// <param name="Sites">What the sites are.</param>
/// <param name="Members">Which fields are watched.</param>
/// <param name="Shapes">How values are handed over.</param>
/// <param name="Escaped">Which addresses outlive the statement that takes them.</param>
/// <param name="Registration">Where the assembly's numbers of sites begin, and which methods are traced.</param>
/// <param name="Request">What was asked for.</param>
internal sealed record ModuleContext(
    ModuleDefinition Module, RuntimeReferences Runtime, SiteTableBuilder Sites, WatchedMembers Members, TypeShapes Shapes,
    EscapedAddresses Escaped, Registration Registration, WeaveRequest Request)
{
    /// <summary>The field that holds the number of the assembly's first site.</summary>
    public FieldReference FirstSite => Registration.First;

    /// <summary>What looks at several collections of an object.</summary>
    public LengthLooks LengthLooks { get; } = new(Module, Runtime, Registration.First);
}

/// <summary>The method being woven, as its probes see it.</summary>
internal sealed class MethodContext
{
    private readonly Lazy<ObjectPath?> _object;

    /// <summary>Describes a method to be woven.</summary>
    /// <param name="module">What all methods share.</param>
    /// <param name="source">The method of the assembly.</param>
    /// <param name="method">The method whose body is woven: <paramref name="source"/> or its separate body.</param>
    /// <param name="plan">What is to be done.</param>
    public MethodContext(ModuleContext module, MethodDefinition source, MethodDefinition method, MethodPlan plan)
    {
        Module = module;
        Source = source;
        Method = method;
        Plan = plan;
        Locals = new Locals(method.Body);
        Recorder = Locals.New(module.Runtime.ThreadRecorder);
        Result = module.Shapes.Of(source.ReturnType);
        _object = new Lazy<ObjectPath?>(() => ObjectPath.Of(Method, Part is StateMachinePart.None or StateMachinePart.KickOff ? null : Machine));
        Line = SiteTableBuilder.SourceStart(source)?.StartLine ?? 0;
        (Index, MethodSite) = plan.Machine?.Method ?? AddMethod();
        if (plan.Machine != null)
            plan.Machine.Method = (Index, MethodSite);
    }

    public ModuleContext Module { get; }

    /// <summary>The method of the assembly, whose code is copied and stays.</summary>
    public MethodDefinition Source { get; }

    /// <summary>The method that gets the instrumented copy: <see cref="Source"/> or its separate body, which has the same parameters and locals at the same
    /// places. Instructions name them by their place when they are written, so those of the one do for the other.</summary>
    public MethodDefinition Method { get; }

    /// <summary>Whether the copy stands in a method of its own.</summary>
    public bool IsSeparate => Method != Source;

    /// <summary>Whether that is another constructor, which takes the recorder as its last argument.</summary>
    public bool IsSeparateConstructor => IsSeparate && Method.IsConstructor;

    public MethodPlan Plan { get; }

    /// <summary>The method's index in the table of sites.</summary>
    public int Index { get; }

    /// <summary>The site of its run and end.</summary>
    public int MethodSite { get; }

    public Locals Locals { get; }

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
    public StateMachine? Machine => Plan.Machine is { Failed: false } machine ? machine : null;

    /// <summary>As what.</summary>
    public StateMachinePart Part => Machine == null ? StateMachinePart.None : Plan.Part;

    /// <summary>The method as the trace names it.</summary>
    public MethodDefinition Named => Plan.Machine?.KickOff ?? Source;

    /// <summary>Whether the current line is kept, so that what is called from here can tell it.</summary>
    public bool SetsLine => Traced || Part == StateMachinePart.Other;

    /// <summary>Whether run and end are recorded.</summary>
    public bool Traced => Plan.Treatment == MethodTreatment.Trace;

    /// <summary>Whether the method builds an object. A struct's constructor fills a place that has no identity.</summary>
    public bool IsClassConstructor => Source.IsConstructor && !Source.IsStatic && !Source.DeclaringType.IsValueType;

    /// <summary>Whether there is a <c>this</c> to show: not in the constructor of a struct, which has yet to give it a value,
    /// and not in a lambda, where it is the compiler's closure.</summary>
    public bool HasObject => Named.HasThis && !(Named.IsConstructor && Named.DeclaringType.IsValueType)
        && !SourceMembers.IsGenerated(Named.DeclaringType);

    /// <summary>The class of the object that the source calls <c>this</c>, as the woven method names it; <see langword="null"/> where there is none. In a state
    /// machine and in a lambda it stands in a field.</summary>
    public TypeReference? ObjectType => _object.Value?.Type;

    private string UpdateProbe => Plan.AtCallersLine || !Source.DebugInformation.HasSequencePoints ? "UpdateProperty" : "Update";

    /// <summary>Adds a site of this method at the current line.</summary>
    public int AddSite(SiteKind kind, int member) => Module.Sites.AddSite(kind, Index, member, Line);

    private (int Index, int Site) AddMethod()
    {
        MethodFlags flags = HasObject ? MethodFlags.None : MethodFlags.Static;
        if (IsClassConstructor)
            flags |= MethodFlags.Constructor;
        if (Module.Shapes.Of(Named.ReturnType) == ValueShape.None)
            flags |= MethodFlags.ReturnsVoid;
        if (!Traced)
            flags |= MethodFlags.StoresOnly;
        int index = Module.Sites.AddMethod(Named, flags);
        return (index, Module.Sites.AddSite(SiteKind.Method, index, -1, Line));
    }

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

    /// <summary>Calls the probe that reports a store, with all it takes on the stack: at the store's own line, or at the caller's where the method has
    /// none (the constructor of a record struct).</summary>
    public void CallUpdate(ValueShape shape, TypeReference type) => CallProbe(UpdateProbe, UpdateProbe + "Reference", shape, type);

    /// <summary>A local's value as a probe takes it.</summary>
    public void LoadForProbe(VariableDefinition local, ValueShape shape)
    {
        Code.LoadLocal(local);
        if (shape == ValueShape.Pointer)
            Code.Emit(OpCodes.Conv_U);
    }
}
