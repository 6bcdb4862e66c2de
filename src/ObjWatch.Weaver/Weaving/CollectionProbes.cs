using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Looks at the lengths of the collections in the fields of the source's <c>this</c> wherever a statement may have changed them.</summary>
/// <remarks>
/// A statement may have changed one if it called anything. The look comes at the end of the statement on every way out of it:
/// before a branch, before a return, and before the next sequence point.
/// </remarks>
internal sealed class CollectionProbes
{
    private readonly MethodContext _context;
    private readonly List<(FieldReference Field, int Member, int Key)> _fields = new();
    private VariableDefinition? _state;
    private bool _pending;

    public CollectionProbes(MethodContext context)
    {
        _context = context;
        TypeReference? type = context.KeepsLine ? context.ObjectType : null;
        for (bool own = true; type?.GetElementType() is TypeDefinition definition; own = false)
        {
            foreach (FieldDefinition field in definition.Fields)
            {
                if (!field.IsStatic && (own || !field.IsPrivate) && CollectionTypes.MayHold(field.FieldType)
                    && context.Module.Members.Find(field) is { Kind: MemberKind.Instance } watched)
                    Add(field, type, watched.Member);
            }

            type = definition.BaseType is { } parent && type is GenericInstanceType instance
                ? GenericTypes.Substitute(parent, instance)
                : definition.BaseType;
        }
    }

    /// <summary>Whether <c>this</c> has collections to look at.</summary>
    public bool Any => _fields.Count > 0;

    /// <summary>Fetches the object's state, and looks for what has changed since the object was last seen.</summary>
    public void Begin()
    {
        if (!Any)
            return;
        _state = _context.Locals.New(_context.Module.Runtime.ObjectState);
        _context.Code.LoadLocal(_context.Recorder);
        _context.LoadObject();
        _context.Code.Call(_context.Module.Runtime.Method("StateOf"));
        _context.Code.StoreLocal(_state);
        _pending = true;
        Flush();
    }

    /// <summary>Takes note of an instruction that has been copied.</summary>
    public void Passed(Instruction instruction) =>
        _pending |= Any && instruction.OpCode.FlowControl == FlowControl.Call;

    /// <summary>Writes the looks that are due.</summary>
    public void Flush()
    {
        if (!_pending || _state == null)
            return;
        _pending = false;
        if (_fields.Count > 1)
            LookAtAll();
        else
            Look(_fields[0].Field, _fields[0].Member, _fields[0].Key);
    }

    private void LookAtAll()
    {
        int first = _context.AddSite(SiteKind.Length, _fields[0].Member);
        foreach ((_, int member, _) in _fields.Skip(1))
            _context.AddSite(SiteKind.Length, member);
        _context.LoadObject();
        _context.Code.LoadLocal(_context.Recorder);
        _context.Code.LoadLocal(_state!);
        _context.Code.LoadSite(_context.Module.FirstSite, first);
        _context.Code.Call(_context.Module.LengthLooks.For(_context.ObjectType!, _fields));
    }

    private void Look(FieldReference field, int member, int key)
    {
        CodeBuilder code = _context.Code;
        int site = _context.AddSite(SiteKind.Length, member);
        code.LoadLocal(_context.Recorder);
        code.LoadLocal(_state!);
        code.LoadSite(_context.Module.FirstSite, site);
        code.LoadSite(_context.Module.FirstSite, key);
        _context.LoadObject();
        code.Emit(OpCodes.Ldfld, field);
        code.Call(_context.Module.Runtime.Method("Length"));
    }

    private void Add(FieldDefinition field, TypeReference type, int member)
    {
        FieldReference reference = GenericTypes.FieldOf(type, field);
        _fields.Add((reference, member, _context.Module.Sites.LengthKey(_context.Site.Method, member)));
    }
}
