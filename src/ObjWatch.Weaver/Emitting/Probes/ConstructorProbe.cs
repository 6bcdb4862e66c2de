using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>What is special in the constructor of a class: before its base has run, <c>this</c> may only be stored into.</summary>
internal sealed class ConstructorProbe : InstructionProbe
{
    private readonly ConstructorChain? _chain;
    private readonly List<(int Site, TypeReference Type, VariableDefinition Stored)> _deferred = new();

    private ConstructorProbe(BodyContext body)
        : base(body) => _chain = body.Chain;

    /// <summary>In constructors of classes.</summary>
    public static ProbeKind Kind { get; } = new("constructors", (plan, _) => plan.IsClassConstructor, body => new ConstructorProbe(body));

    public override void Before(CopiedInstruction copied)
    {
        if (copied.Instruction == _chain?.Call)
            AnnounceChain();
        else if (_chain?.StoresBefore(copied.Instruction) == true)
            Defer(copied);
    }

    public override void After(CopiedInstruction copied)
    {
        if (copied.Instruction != _chain?.Call)
            return;
        if (Context.Plan.Traced)
            BindNumber(Context);
        foreach ((int site, TypeReference type, VariableDefinition stored) in _deferred)
            Report(site, type, stored);
    }

    /// <summary>Binds the number that has been given out at entry to the object, which is there now.</summary>
    public static void BindNumber(MethodContext context)
    {
        context.Code.LoadLocal(context.Recorder);
        context.Code.LoadLocal(context.Frame!);
        context.Code.LoadThis();
        context.Code.Call(context.Module.Runtime.Method(nameof(Probe.Constructed)));
    }

    /// <summary>Whether the object's number may be given out at entry: every constructor that runs on it is woven with this one, or is
    /// Object's.</summary>
    public static bool MayReserve(TypeDefinition type)
    {
        TypeReference? parent = type.BaseType;
        while (parent?.GetElementType() is TypeDefinition inModule)
            parent = inModule.BaseType;
        return parent == null || parent.FullName == "System.Object";
    }

    /// <summary>A store into <c>this</c>, whose value is on the stack: keeps it until the object may be shown.</summary>
    private void Defer(CopiedInstruction copied)
    {
        copied.MustStay = true;
        TypeReference type = GenericTypes.FieldType(copied.Field);
        if (Context.Module.Members.Find(copied.Field) is not { } watched || Context.Module.Shapes.Of(type) == ValueShape.Opaque)
            return;
        VariableDefinition stored = Context.Locals.New(type);
        Output.Emit(OpCodes.Dup);
        Output.StoreLocal(stored);
        _deferred.Add((Context.AddSite(SiteKind.Store, watched.Member), type, stored));
    }

    /// <summary>Says, right before the call, that the next constructor builds the same object.</summary>
    private void AnnounceChain()
    {
        if (Body.ChainedSite is not { } site)
            return;
        Output.LoadLocal(Context.Recorder);
        Output.LoadLocal(Context.Frame!);
        Output.LoadSite(Context.Module.FirstSite, site);
        Output.Call(Context.Module.Runtime.Method(nameof(Probe.Chain)));
    }

    /// <summary>The field was what a new object's fields are: zero.</summary>
    private void Report(int site, TypeReference type, VariableDefinition stored)
    {
        ValueShape shape = Context.Module.Shapes.Of(type);
        Context.LoadRecorderAndSite(site);
        Output.LoadThis();
        if (shape == ValueShape.Reference)
        {
            Output.Emit(OpCodes.Ldnull);
        }
        else
        {
            VariableDefinition zero = Context.Locals.Shared(type, "zero");
            Output.Add(Instruction.Create(OpCodes.Ldloca, zero));
            Output.Emit(OpCodes.Initobj, TypeShapes.WithoutModifiers(type));
            Context.LoadForProbe(zero, shape);
        }

        Context.LoadForProbe(stored, shape);
        Context.CallUpdate(shape, type);
    }
}
