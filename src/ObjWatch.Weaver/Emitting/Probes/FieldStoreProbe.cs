using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Stores to fields: reads the old value right before the store and reports both after it.</summary>
internal sealed class FieldStoreProbe : InstructionProbe
{
    private FieldStoreProbe(BodyContext body)
        : base(body)
    {
    }

    /// <summary>In every method.</summary>
    public static ProbeKind Kind { get; } = new("field stores", (_, _) => true, body => new FieldStoreProbe(body));

    public override bool Instead(CopiedInstruction copied)
    {
        if (copied.Code is not (Code.Stfld or Code.Stsfld) || Context.Module.Members.Find(copied.Field) is not { } watched
            || Body.CompilersStores.Contains(watched, copied.Instruction))
            return false;
        if (!Write(copied, watched))
            return false;
        copied.StoredField = watched;
        return true;
    }

    /// <summary>The load of the old value needs the prefixes of the store (<c>volatile.</c>, <c>unaligned.</c>) too.</summary>
    private bool Write(CopiedInstruction copied, WatchedField watched)
    {
        FieldReference field = copied.Field;
        TypeReference type = GenericTypes.FieldType(field);
        ValueShape shape = Context.Module.Shapes.Of(type);
        if (shape == ValueShape.Opaque)
            return false;
        bool isStatic = copied.Code == Code.Stsfld;
        VariableDefinition newValue = Context.Locals.Shared(type, "new");
        VariableDefinition oldValue = Context.Locals.Shared(type, "old");
        VariableDefinition? owner = isStatic ? null : Context.Locals.Shared(FieldOwner.TypeOf(field, Context.Host.DeclaringType), "owner");
        Output.StoreLocal(newValue);
        if (owner != null)
        {
            Output.StoreLocal(owner);
            Output.LoadLocal(owner);
        }

        Append(copied.Prefixes);
        Output.Emit(isStatic ? OpCodes.Ldsfld : OpCodes.Ldfld, field);
        Output.StoreLocal(oldValue);
        VariableDefinition? identity = FieldOwner.HasIdentity(field, watched) ? owner : null;
        bool isStruct = owner != null && identity == null && watched.Kind == MemberKind.Instance;
        if (identity != null)
            EscapedFields.LookBeforeStore(Context, field, watched.Member, identity, oldValue);
        if (!isStruct)
            StoredCollections.Before(Context, watched.Member, identity, oldValue);
        if (owner != null)
            Output.LoadLocal(owner);
        Output.LoadLocal(newValue);
        Append(copied.Prefixes);
        Output.Emit(copied.Instruction.OpCode, field);

        Context.LoadRecorderAndSite(Context.AddSite(SiteKind.Store, watched.Member));
        if (identity != null)
            Output.LoadLocal(identity);
        else
            Output.Emit(OpCodes.Ldnull);
        Context.LoadForProbe(oldValue, shape);
        Context.LoadForProbe(newValue, shape);
        Context.CallUpdate(shape, type);
        if (identity != null)
            EscapedFields.Know(Context, field, watched.Member, identity, newValue);
        if (!isStruct)
            StoredCollections.After(Context, watched.Member, identity, newValue);
        return true;
    }

    private void Append(IReadOnlyList<Instruction> prefixes)
    {
        foreach (Instruction prefix in prefixes)
            Output.Add(InstructionCopy.Of(prefix));
    }
}
