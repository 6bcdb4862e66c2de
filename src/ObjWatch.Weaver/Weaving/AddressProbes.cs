using System.Collections.Generic;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace;

namespace ObjWatch.Weaver.Weaving;

/// <summary>
/// Fields whose address a statement takes (<c>ref</c>, <c>out</c>, <c>Interlocked</c>, <c>= default</c>, a call on a struct in a field): whoever has the
/// address may store without a store instruction, so the field is read when the address is taken and again at the end of the statement.
/// </summary>
internal sealed class AddressProbes
{
    private readonly MethodContext _context;
    private readonly List<Taken> _pending = new();

    public AddressProbes(MethodContext context) => _context = context;

    /// <summary>Whether there is anything to look at again.</summary>
    public bool Any => _pending.Count > 0;

    /// <summary>Copies an <c>ldflda</c> or <c>ldsflda</c> of a watched field, with a look at the old value.</summary>
    /// <returns>Whether it could be done; nothing is written if not.</returns>
    public bool Copy(IReadOnlyList<Instruction> prefixes, Instruction load, WatchedField watched)
    {
        var field = (FieldReference)load.Operand;
        TypeReference type = GenericTypes.FieldType(field);
        bool isStatic = load.OpCode.Code == Code.Ldsflda;
        if (prefixes.Count > 0 || _context.Module.Shapes.Of(type) == ValueShape.Opaque || StructSizes.IsLarge(type)
            || (!isStatic && field.DeclaringType.IsValueType && !OutlastsStatement(load.Previous)))
            return false;
        bool samePlace = isStatic || (load.Previous?.OpCode.Code == Code.Ldarg_0 && _context.Method.HasThis);
        if (samePlace && _pending.Find(t => t.SamePlace && t.Field?.FullName == field.FullName) is { } known)
        {
            CopyAgain(load, known);
            return true;
        }

        Locals locals = _context.Locals;
        // Of a static there is no owner; that its address was taken is noted with an object too: only those are null from the start everywhere.
        VariableDefinition owner = locals.New(isStatic ? _context.Recorder.VariableType : StoreProbes.OwnerType(field));
        VariableDefinition oldValue = locals.New(type);
        CodeBuilder code = _context.Code;
        if (isStatic)
            code.LoadLocal(_context.Recorder);
        code.StoreLocal(owner);
        if (!isStatic)
            code.LoadLocal(owner);
        code.Emit(isStatic ? OpCodes.Ldsfld : OpCodes.Ldfld, field);
        code.StoreLocal(oldValue);
        if (!isStatic)
            code.LoadLocal(owner);
        code.Emit(load.OpCode, field);
        _pending.Add(new Taken(field, null, type, owner, oldValue, isStatic, StoreProbes.HasIdentity(field, watched), samePlace,
            _context.AddSite(SiteKind.Store, watched.Member)));
        return true;
    }

    /// <summary>Copies the load of a named local's address, with a look at the old value.</summary>
    /// <returns>Whether it could be done; nothing is written if not.</returns>
    public bool CopyLocal(Instruction load, VariableDefinition local, string name)
    {
        TypeReference type = local.VariableType;
        if (type.IsPinned || _context.Module.Shapes.Of(type) == ValueShape.Opaque || StructSizes.IsLarge(type))
            return false;
        if (_pending.Find(t => t.Local == local) is { } known)
        {
            CopyAgain(load, known);
            return true;
        }

        VariableDefinition owner = _context.Locals.New(_context.Recorder.VariableType);
        VariableDefinition oldValue = _context.Locals.New(type);
        CodeBuilder code = _context.Code;
        code.LoadLocal(_context.Recorder);
        code.StoreLocal(owner);
        code.LoadLocal(local);
        code.StoreLocal(oldValue);
        code.Add(InstructionCopy.Of(load));
        int site = _context.AddSite(SiteKind.Store, _context.Module.Sites.AddMember(name, MemberKind.Local));
        _pending.Add(new Taken(null, local, type, owner, oldValue, true, false, true, site));
        return true;
    }

    /// <summary>Before the statement stores to the field too: what was stored through its address until now.</summary>
    public void BeforeStore(FieldReference field) => LookAgain(_pending.FindAll(t => t.Field?.FullName == field.FullName));

    /// <summary>As <see cref="BeforeStore(FieldReference)"/>, for a local.</summary>
    public void BeforeStore(VariableDefinition local) => LookAgain(_pending.FindAll(t => t.Local == local));

    /// <summary>After that store, which has been reported: what is stored through the address from now on.</summary>
    public void AfterStore(FieldReference field) => KnowCurrent(_pending.FindAll(t => t.Field?.FullName == field.FullName));

    /// <summary>As <see cref="AfterStore(FieldReference)"/>, for a local.</summary>
    public void AfterStore(VariableDefinition local) => KnowCurrent(_pending.FindAll(t => t.Local == local));

    private void LookAgain(List<Taken> all)
    {
        foreach (Taken taken in all)
            LookAgain(taken, leavesStatement: false);
    }

    private void KnowCurrent(List<Taken> all)
    {
        foreach (Taken taken in all)
        {
            Instruction skip = Instruction.Create(OpCodes.Nop);
            _context.Code.LoadLocal(taken.Owner);
            _context.Code.Emit(OpCodes.Brfalse, skip);
            LoadCurrent(taken);
            _context.Code.StoreLocal(taken.OldValue);
            _context.Code.Add(skip);
        }
    }

    /// <summary>Writes the second looks that are due.</summary>
    /// <param name="leavesStatement">Whether the statement is left here; at a branch inside of it the addresses may still be used.</param>
    public void Flush(bool leavesStatement)
    {
        foreach (Taken taken in _pending)
            LookAgain(taken, leavesStatement);
    }

    /// <summary>The statement ends: what it took the address of need not be looked at any more.</summary>
    public void EndStatement() => _pending.Clear();

    /// <summary>Whether the struct whose address the instruction loads is still there at the end of the statement: a pointer's may be freed by then.
    /// A struct in a field is looked at as a whole.</summary>
    private bool OutlastsStatement(Instruction? address) => address?.OpCode.Code switch
    {
        Code.Ldloca or Code.Ldloca_S or Code.Ldarga or Code.Ldarga_S or Code.Ldelema => true,
        Code.Ldarg_0 => _context.Method.HasThis,
        _ => false,
    };

    private void LookAgain(Taken taken, bool leavesStatement)
    {
        CodeBuilder code = _context.Code;
        ValueShape shape = _context.Module.Shapes.Of(taken.Type);
        VariableDefinition current = _context.Locals.Shared(taken.Type, "now");
        Instruction skip = Instruction.Create(OpCodes.Nop);
        code.LoadLocal(taken.Owner);
        code.Emit(OpCodes.Brfalse, skip); // the statement branched around the place where the address is taken
        LoadCurrent(taken);
        code.StoreLocal(current);
        _context.LoadRecorderAndSite(taken.Site);
        if (taken.HasIdentity)
            code.LoadLocal(taken.Owner);
        else
            code.Emit(OpCodes.Ldnull);
        _context.LoadForProbe(taken.OldValue, shape);
        _context.LoadForProbe(current, shape);
        _context.CallUpdate(shape, taken.Type);
        if (leavesStatement)
        {
            if (taken.Owner.VariableType.IsByReference)
            {
                code.LoadInteger(0);
                code.Emit(OpCodes.Conv_U);
            }
            else
            {
                code.Emit(OpCodes.Ldnull);
            }

            code.StoreLocal(taken.Owner);
        }
        else
        {
            code.LoadLocal(current);
            code.StoreLocal(taken.OldValue);
        }

        code.Add(skip);
    }

    /// <summary>The statement takes the same address once more: the value from before the first time counts, if it came by there.</summary>
    private void CopyAgain(Instruction load, Taken known)
    {
        CodeBuilder code = _context.Code;
        Instruction taken = Instruction.Create(OpCodes.Nop);
        code.LoadLocal(known.Owner);
        code.Emit(OpCodes.Brtrue, taken);
        if (known.IsStatic)
            code.LoadLocal(_context.Recorder);
        else
            code.LoadThis();
        code.StoreLocal(known.Owner);
        LoadCurrent(known);
        code.StoreLocal(known.OldValue);
        code.Add(taken);
        code.Add(InstructionCopy.Of(load));
    }

    private void LoadCurrent(Taken taken)
    {
        if (taken.Local != null)
        {
            _context.Code.LoadLocal(taken.Local);
            return;
        }

        if (!taken.IsStatic)
            _context.Code.LoadLocal(taken.Owner);
        _context.Code.Emit(taken.IsStatic ? OpCodes.Ldsfld : OpCodes.Ldfld, taken.Field!);
    }

    /// <summary>A field or a local whose address is taken. <c>IsStatic</c>: it needs no owner, and what is kept as one only says that the address was taken.</summary>
    private sealed record Taken(
        FieldReference? Field, VariableDefinition? Local, TypeReference Type, VariableDefinition Owner, VariableDefinition OldValue, bool IsStatic,
        bool HasIdentity, bool SamePlace, int Site);
}
