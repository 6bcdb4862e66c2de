using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Locals whose address a method keeps in another variable, a <c>ref</c> local or a span: they are looked at after each statement that may have stored through it.</summary>
internal sealed class KeptLocals
{
    private readonly MethodContext _context;
    private readonly Dictionary<VariableDefinition, Kept> _all = new();
    private bool _pending;

    public KeptLocals(MethodContext context) => _context = context;

    /// <summary>Its address has just been loaded.</summary>
    public void Add(VariableDefinition local, string name)
    {
        if (!_all.TryGetValue(local, out Kept? kept))
        {
            int member = _context.Module.Sites.AddMember(new MemberEntry(name, MemberKind.Local));
            _all[local] = kept = new Kept(member, _context.Locals.New(_context.Recorder.VariableType), _context.Locals.New(local.VariableType));
        }

        _context.Code.LoadLocal(_context.Recorder);
        _context.Code.StoreLocal(kept.IsKept);
        Know(local);
    }

    /// <summary>What is in the local now has been reported.</summary>
    public void Know(VariableDefinition local)
    {
        if (!_all.TryGetValue(local, out Kept? kept))
            return;
        _context.Code.LoadLocal(local);
        _context.Code.StoreLocal(kept.Seen);
    }

    /// <summary>Takes note of an instruction that has been copied.</summary>
    public void Passed(Instruction instruction) => _pending |= RereadProbes.MayStore(instruction);

    /// <summary>Writes the looks that are due.</summary>
    public void Flush()
    {
        if (!_pending)
            return;
        _pending = false;
        CodeBuilder code = _context.Code;
        foreach (KeyValuePair<VariableDefinition, Kept> pair in _all)
        {
            ValueShape shape = _context.Module.Shapes.Of(pair.Key.VariableType);
            Instruction skip = Instruction.Create(OpCodes.Nop);
            code.LoadLocal(pair.Value.IsKept);
            code.Emit(OpCodes.Brfalse, skip);
            _context.LoadRecorderAndSite(_context.AddSite(SiteKind.Store, pair.Value.Member));
            code.Emit(OpCodes.Ldnull);
            _context.LoadForProbe(pair.Value.Seen, shape);
            _context.LoadForProbe(pair.Key, shape);
            _context.CallUpdate(shape, pair.Key.VariableType);
            Know(pair.Key);
            code.Add(skip);
        }
    }

    /// <summary>One of these locals. <c>IsKept</c>: not null once its address has been taken.</summary>
    private sealed record Kept(int Member, VariableDefinition IsKept, VariableDefinition Seen);
}
