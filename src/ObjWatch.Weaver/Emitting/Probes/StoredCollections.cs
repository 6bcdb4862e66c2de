using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>What is said and noted of the collections that a store takes out of a variable and puts into it, whoever stores, and to whose
/// variable.</summary>
internal static class StoredCollections
{
    /// <summary>Before the store: the old collection may have grown or shrunk since somebody looked.</summary>
    public static void Before(MethodContext context, int member, VariableDefinition? owner, VariableDefinition oldValue)
    {
        if (!CollectionTypes.MayHold(oldValue.VariableType))
            return;
        CodeBuilder code = context.Code;
        code.LoadLocal(context.Recorder);
        LoadState(context, owner);
        code.LoadSite(context.Module.FirstSite, context.AddSite(SiteKind.Length, member));
        code.LoadSite(context.Module.FirstSite, context.Module.Sites.MemberKey(context.Site.Method, member));
        code.LoadLocal(oldValue);
        code.Call(context.Module.Runtime.Method(owner == null ? nameof(Probe.CollectionLength) : nameof(Probe.Length)));
    }

    /// <summary>After it: the new collection's length counts from now, whatever happened to it elsewhere.</summary>
    public static void After(MethodContext context, int member, VariableDefinition? owner, VariableDefinition newValue)
    {
        if (!CollectionTypes.MayHold(newValue.VariableType))
            return;
        CodeBuilder code = context.Code;
        code.LoadLocal(context.Recorder);
        LoadState(context, owner);
        code.LoadSite(context.Module.FirstSite, context.Module.Sites.MemberKey(context.Site.Method, member));
        code.LoadLocal(newValue);
        code.Call(context.Module.Runtime.Method(owner == null ? nameof(Probe.CollectionSeen) : nameof(Probe.LengthSeen)));
    }

    private static void LoadState(MethodContext context, VariableDefinition? owner)
    {
        if (owner == null)
            return;
        context.Code.LoadLocal(context.Recorder);
        context.Code.LoadLocal(owner);
        context.Code.Call(context.Module.Runtime.Method(nameof(Probe.StateOf)));
    }
}
