using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Naming;
using ObjWatch.Weaver.Planning;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Looks at the lengths of the collections that a statement loads from static fields, when it loads them and when it is done; so
/// too from closures that optimised code keeps on the evaluation stack only.</summary>
/// <remarks>The field is never read but where the source reads it: that may run a type initialiser, and a field may be another one on each
/// thread or for each type argument.</remarks>
internal sealed class StaticCollectionProbe : InstructionProbe
{
    private readonly List<(VariableDefinition Collection, int Site, int Key)> _pending = new();

    private StaticCollectionProbe(BodyContext body)
        : base(body)
    {
    }

    /// <summary>In every method: where no line is kept it looks at nothing, but members get their numbers in the order of the
    /// code.</summary>
    public static ProbeKind Kind { get; } = new("static collections", (_, _) => true, body => new StaticCollectionProbe(body));

    public override void After(CopiedInstruction copied)
    {
        if (copied.Code is Code.Ldsfld or Code.Ldfld)
            Loaded(copied.Instruction, copied.Field);
        else if (copied.StoredField is { Kind: MemberKind.Static } stored && IsLookedAt(copied.Field, stored))
            Stored(copied.Field, stored);
    }

    /// <summary>The second looks, at what the statement has loaded.</summary>
    public override void EndOfStatement(Instruction? by) => _pending.ForEach(Look);

    public override void BeginStatement() => _pending.Clear();

    /// <summary>A field has been loaded, and stands on the stack.</summary>
    private void Loaded(Instruction load, FieldReference field)
    {
        if ((load.OpCode.Code == Code.Ldsfld || IsOfClosureOnStack(load, field)) && Context.Module.Members.Find(field) is { } watched
            && IsLookedAt(field, watched))
            Look(watched);
    }

    private void Look(WatchedField watched)
    {
        Output.Emit(OpCodes.Dup);
        Begin(watched);
        Look(_pending[_pending.Count - 1]);
    }

    /// <summary>A static field has been stored to: what the statement goes on to add to the collection counts from here.</summary>
    private void Stored(FieldReference field, WatchedField watched)
    {
        Output.Emit(OpCodes.Ldsfld, field);
        Begin(watched);
    }

    private static bool IsOfClosureOnStack(Instruction load, FieldReference field) =>
        load.Previous?.OpCode.Code is not (Code.Ldarg_0 or (>= Code.Ldloc_0 and <= Code.Ldloc_3) or Code.Ldloc or Code.Ldloc_S)
        && field.DeclaringType.GetElementType() is TypeDefinition type && SourceMembers.IsClosure(type);

    private bool IsLookedAt(FieldReference field, WatchedField watched) =>
        Context.KeepsLine && watched.Kind != MemberKind.Instance && CollectionTypes.MayHold(field.FieldType);

    /// <summary>With the collection on the stack.</summary>
    private void Begin(WatchedField watched)
    {
        VariableDefinition collection = Context.Locals.New(Context.Module.Module.TypeSystem.Object);
        Output.StoreLocal(collection);
        int key = Context.Module.Sites.MemberKey(Context.Site.Method, watched.Member);
        _pending.Add((collection, Context.AddSite(SiteKind.Length, watched.Member), key));
    }

    private void Look((VariableDefinition Collection, int Site, int Key) loaded)
    {
        Output.LoadLocal(Context.Recorder);
        Output.LoadSite(Context.Module.FirstSite, loaded.Site);
        Output.LoadSite(Context.Module.FirstSite, loaded.Key);
        Output.LoadLocal(loaded.Collection);
        Output.Call(Context.Module.Runtime.Method(nameof(Probe.CollectionLength)));
    }
}
