using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Naming;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Looks at the lengths of the collections that a statement loads from static fields, when it loads them and when it is done; so too from closures that
/// optimised code keeps on the evaluation stack only.</summary>
/// <remarks>The field is never read but where the source reads it: that may run a type initialiser, and a field may be another one on each thread or for each
/// type argument.</remarks>
internal sealed class StaticCollections
{
    private readonly MethodContext _context;
    private readonly List<(VariableDefinition Collection, int Site, int Key)> _pending = new();

    public StaticCollections(MethodContext context) => _context = context;

    /// <summary>A field has been loaded, and stands on the stack.</summary>
    public void Loaded(Instruction load)
    {
        var field = (FieldReference)load.Operand;
        if ((load.OpCode.Code == Code.Ldsfld || IsOfClosureOnStack(load, field)) && _context.Module.Members.Find(field) is { } watched && IsLookedAt(field, watched))
            Look(watched);
    }

    private void Look(WatchedField watched)
    {
        _context.Code.Emit(OpCodes.Dup);
        Begin(watched);
        Look(_pending[_pending.Count - 1]);
    }

    /// <summary>A static field has been stored to: what the statement goes on to add to the collection counts from here.</summary>
    public void Stored(FieldReference field, WatchedField watched)
    {
        if (watched.Kind != MemberKind.Static || !IsLookedAt(field, watched))
            return;
        _context.Code.Emit(OpCodes.Ldsfld, field);
        Begin(watched);
    }

    /// <summary>Writes the second looks that are due.</summary>
    public void Flush() => _pending.ForEach(Look);

    /// <summary>The statement ends: what it loaded need not be looked at any more.</summary>
    public void EndStatement() => _pending.Clear();

    private static bool IsOfClosureOnStack(Instruction load, FieldReference field) =>
        load.Previous?.OpCode.Code is not (Code.Ldarg_0 or (>= Code.Ldloc_0 and <= Code.Ldloc_3) or Code.Ldloc or Code.Ldloc_S)
        && field.DeclaringType.GetElementType() is TypeDefinition type && SourceMembers.IsClosure(type);

    private bool IsLookedAt(FieldReference field, WatchedField watched) =>
        _context.KeepsLine && watched.Kind != MemberKind.Instance && CollectionTypes.MayHold(field.FieldType);

    /// <summary>With the collection on the stack.</summary>
    private void Begin(WatchedField watched)
    {
        VariableDefinition collection = _context.Locals.New(_context.Module.Module.TypeSystem.Object);
        _context.Code.StoreLocal(collection);
        int key = _context.Module.Sites.LengthKey(_context.Site.Method, watched.Member);
        _pending.Add((collection, _context.AddSite(SiteKind.Length, watched.Member), key));
    }

    private void Look((VariableDefinition Collection, int Site, int Key) loaded)
    {
        CodeBuilder code = _context.Code;
        code.LoadLocal(_context.Recorder);
        code.LoadSite(_context.Module.FirstSite, loaded.Site);
        code.LoadSite(_context.Module.FirstSite, loaded.Key);
        code.LoadLocal(loaded.Collection);
        code.Call(_context.Module.Runtime.Method("CollectionLength"));
    }
}
