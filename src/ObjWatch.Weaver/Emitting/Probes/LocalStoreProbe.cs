using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Stores to local variables that the source names: reads the old value right before the store and reports both after
/// it.</summary>
internal sealed class LocalStoreProbe : InstructionProbe
{
    private LocalStoreProbe(BodyContext body)
        : base(body)
    {
    }

    /// <summary>Where local variables are traced.</summary>
    public static ProbeKind Kind { get; } = new("local stores", (_, request) => request.Locals, body => new LocalStoreProbe(body));

    public override bool Instead(CopiedInstruction copied)
    {
        if (copied.Prefixes.Count > 0 || Body.LocalNames.StoredLocal(copied.Instruction) is not { } local
            || !Write(local.Variable, local.Name))
            return false;
        copied.StoredLocal = local.Variable;
        return true;
    }

    private bool Write(VariableDefinition local, string name)
    {
        ValueShape shape = Context.Module.Shapes.Of(local.VariableType);
        if (shape == ValueShape.Opaque || local.VariableType.IsPinned)
            return false;
        int member = Context.Module.Sites.AddMember(new MemberEntry(name, MemberKind.Local));
        VariableDefinition oldValue = Context.Locals.Shared(local.VariableType, "old");
        VariableDefinition newValue = Context.Locals.Shared(local.VariableType, "new");
        Output.StoreLocal(newValue);
        Output.LoadLocal(local);
        Output.StoreLocal(oldValue);
        StoredCollections.Before(Context, member, owner: null, oldValue);
        Output.LoadLocal(newValue);
        Output.Add(Instruction.Create(OpCodes.Stloc, local));
        Context.LoadRecorderAndSite(Context.AddSite(SiteKind.Store, member));
        Output.Emit(OpCodes.Ldnull);
        Context.LoadForProbe(oldValue, shape);
        Context.LoadForProbe(newValue, shape);
        Context.CallProbe(nameof(Probe.Update), nameof(Probe.UpdateReference), shape, local.VariableType);
        StoredCollections.After(Context, member, owner: null, newValue);
        return true;
    }
}
