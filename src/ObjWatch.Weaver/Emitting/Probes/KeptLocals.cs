using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Locals whose address a method keeps in another variable, a <c>ref</c> local or a span: they are looked at after each statement
/// that may have stored through it. Those that lambdas capture or a state machine keeps are fields.</summary>
internal sealed class KeptLocals
{
    private readonly MethodContext _context;
    private readonly Dictionary<VariableDefinition, Kept> _locals = new();
    private readonly Dictionary<string, Kept> _fields = new();
    private bool _pending;

    public KeptLocals(MethodContext context) => _context = context;

    /// <summary>The address of a local has just been loaded.</summary>
    public void Add(VariableDefinition local, string name)
    {
        if (!_locals.TryGetValue(local, out Kept? kept))
        {
            int member = _context.Module.Sites.AddMember(new MemberEntry(name, MemberKind.Local));
            VariableDefinition isKept = _context.Locals.New(_context.Recorder.VariableType);
            _locals[local] = kept = new Kept(member, local.VariableType, isKept, _context.Locals.New(local.VariableType), local, null);
        }

        _context.Code.LoadLocal(_context.Recorder);
        _context.Code.StoreLocal(kept.IsKept);
        Know(kept);
    }

    /// <summary>The address of a field that stands for a local is about to be loaded.</summary>
    /// <param name="field">The field, of a closure or a state machine.</param>
    /// <param name="member">Its member.</param>
    /// <param name="owner">The local that holds the closure; null: it is the method's own <c>this</c>.</param>
    public void Add(FieldReference field, int member, VariableDefinition? owner)
    {
        if (!_fields.TryGetValue(field.FullName, out Kept? kept))
        {
            TypeReference type = GenericTypes.FieldType(field);
            VariableDefinition isKept = _context.Locals.New(FieldOwner.TypeOf(field, _context.Host.DeclaringType));
            _fields[field.FullName] = kept = new Kept(member, type, isKept, _context.Locals.New(type), null, field);
        }

        if (owner == null)
            _context.Code.LoadThis();
        else
            _context.Code.LoadLocal(owner);
        _context.Code.StoreLocal(kept.IsKept);
        Know(kept);
    }

    /// <summary>What is in the local now has been reported.</summary>
    public void Know(VariableDefinition local)
    {
        if (_locals.TryGetValue(local, out Kept? kept))
            Know(kept);
    }

    /// <summary>What is in the field now has been reported.</summary>
    public void Know(FieldReference field)
    {
        if (_fields.Count == 0 || !_fields.TryGetValue(field.FullName, out Kept? kept))
            return;
        Instruction skip = Instruction.Create(OpCodes.Nop);
        _context.Code.LoadLocal(kept.IsKept);
        _context.Code.Emit(OpCodes.Brfalse, skip);
        Know(kept);
        _context.Code.Add(skip);
    }

    /// <summary>Takes note of an instruction that has been copied.</summary>
    public void Passed(Instruction instruction) => _pending |= EscapedFields.MayStore(instruction);

    /// <summary>Writes the looks that are due.</summary>
    public void Flush()
    {
        if (!_pending)
            return;
        _pending = false;
        CodeBuilder code = _context.Code;
        foreach (Kept kept in _locals.Values.Concat(_fields.Values))
        {
            ValueShape shape = _context.Module.Shapes.Of(kept.Type);
            VariableDefinition current = _context.Locals.Shared(kept.Type, "now");
            Instruction skip = Instruction.Create(OpCodes.Nop);
            code.LoadLocal(kept.IsKept);
            code.Emit(OpCodes.Brfalse, skip);
            LoadCurrent(kept);
            code.StoreLocal(current);
            _context.LoadRecorderAndSite(_context.AddSite(SiteKind.Store, kept.Member));
            code.Emit(OpCodes.Ldnull);
            _context.LoadForProbe(kept.Seen, shape);
            _context.LoadForProbe(current, shape);
            _context.CallUpdate(shape, kept.Type);
            Know(kept);
            code.Add(skip);
        }
    }

    private void Know(Kept kept)
    {
        LoadCurrent(kept);
        _context.Code.StoreLocal(kept.Seen);
    }

    private void LoadCurrent(Kept kept)
    {
        _context.Code.LoadLocal(kept.Local ?? kept.IsKept);
        if (kept.Field != null)
            _context.Code.Emit(OpCodes.Ldfld, kept.Field);
    }

    /// <summary>One of these locals.</summary>
    /// <param name="Member">Its member.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="IsKept">Not null once its address has been taken; of a field, what holds it.</param>
    /// <param name="Seen">What was last seen there.</param>
    /// <param name="Local">The local, or none.</param>
    /// <param name="Field">The field, or none.</param>
    private sealed record Kept(
        int Member, TypeReference Type, VariableDefinition IsKept, VariableDefinition Seen, VariableDefinition? Local,
        FieldReference? Field);
}
