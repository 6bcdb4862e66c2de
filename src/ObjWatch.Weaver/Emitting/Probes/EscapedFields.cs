using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>What is said of a field of an object whose address is kept somewhere (<see cref="EscapedAddresses"/>). The runtime remembers
/// what was last seen in each, whoever has seen it: a change is reported once.</summary>
internal static class EscapedFields
{
    /// <summary>Whether the instruction may store through an address.</summary>
    public static bool MayStore(Instruction instruction) => instruction.OpCode.FlowControl == FlowControl.Call || instruction.OpCode.Code
        is >= Code.Stind_Ref and <= Code.Stind_R8 or Code.Stind_I or Code.Stobj or Code.Stfld or Code.Initobj or Code.Cpobj or Code.Cpblk
            or Code.Initblk;

    /// <summary>Tells the runtime what has been stored to a field and reported.</summary>
    /// <param name="context">The method.</param>
    /// <param name="field">The field, of an object.</param>
    /// <param name="member">Its member.</param>
    /// <param name="owner">The local that holds the object.</param>
    /// <param name="value">The local that holds the value.</param>
    public static void Know(MethodContext context, FieldReference field, int member, VariableDefinition owner, VariableDefinition value)
    {
        if (!context.Module.Escaped.Contains(field))
            return;
        TypeReference type = GenericTypes.FieldType(field);
        ValueShape shape = context.Module.Shapes.Of(type);
        context.Code.LoadLocal(context.Recorder);
        context.Code.LoadSite(context.Module.FirstSite, context.Module.Sites.MemberKey(context.Site.Method, member));
        context.Code.LoadLocal(owner);
        context.LoadForProbe(value, shape);
        context.CallProbe(nameof(Probe.Known), nameof(Probe.KnownReference), shape, type);
    }

    /// <summary>Before a store: somebody may have stored through the address before, and that comes first.</summary>
    public static void LookBeforeStore(
        MethodContext context, FieldReference field, int member, VariableDefinition owner, VariableDefinition value)
    {
        if (context.Module.Escaped.Contains(field))
            Look(context, field, member, owner, value);
    }

    /// <summary>Compares a value that has been read from such a field with what was last seen in it.</summary>
    public static void Look(MethodContext context, FieldReference field, int member, VariableDefinition owner, VariableDefinition value)
    {
        TypeReference type = GenericTypes.FieldType(field);
        ValueShape shape = context.Module.Shapes.Of(type);
        context.LoadRecorderAndSite(context.AddSite(SiteKind.Store, member));
        context.Code.LoadSite(context.Module.FirstSite, context.Module.Sites.MemberKey(context.Site.Method, member));
        context.Code.LoadLocal(owner);
        context.LoadForProbe(value, shape);
        context.CallProbe(nameof(Probe.Reread), nameof(Probe.RereadReference), shape, type);
    }
}
