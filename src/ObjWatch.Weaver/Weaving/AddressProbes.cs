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
    private readonly List<Taken> _all = new();
    private Dictionary<Instruction, AddressLife>? _lives;

    public AddressProbes(MethodContext context) => _context = context;

    /// <summary>Whether there is anything to look at again.</summary>
    public bool Any => _pending.Count > 0;

    /// <summary>Whether there was anything to look at again in all of the method.</summary>
    public bool TookAny => _all.Count > 0;

    /// <summary>Copies an <c>ldflda</c> or <c>ldsflda</c> of a watched field, with a look at the old value.</summary>
    /// <returns>Whether it could be done; nothing is written if not.</returns>
    public bool Copy(IReadOnlyList<Instruction> prefixes, Instruction load, WatchedField watched)
    {
        var field = (FieldReference)load.Operand;
        TypeReference type = GenericTypes.FieldType(field);
        bool isStatic = load.OpCode.Code == Code.Ldsflda;
        if (prefixes.Count > 0 || _context.Module.Shapes.Of(type) == ValueShape.Opaque || StructSizes.IsLarge(type)
            || (!isStatic && field.DeclaringType.IsValueType && LifeOf(load) == AddressLife.Unknown))
            return false;
        bool samePlace = isStatic || (load.Previous?.OpCode.Code == Code.Ldarg_0 && _context.Method.HasThis);
        if (samePlace && _pending.Find(t => t.SamePlace && t.Field?.FullName == field.FullName) is { } known)
        {
            CopyAgain(load, known);
            return true;
        }

        Locals locals = _context.Locals;
        // Of a static there is no owner; that its address was taken is noted with an object too: only those are null from the start everywhere.
        VariableDefinition owner = locals.New(isStatic ? _context.Recorder.VariableType : StoreProbes.OwnerType(_context, field));
        VariableDefinition oldValue = locals.New(type);
        CodeBuilder code = _context.Code;
        if (isStatic)
            code.LoadLocal(_context.Recorder);
        code.StoreLocal(owner);
        if (!isStatic)
            code.LoadLocal(owner);
        code.Emit(isStatic ? OpCodes.Ldsfld : OpCodes.Ldfld, field);
        code.StoreLocal(oldValue);
        bool hasIdentity = StoreProbes.HasIdentity(field, watched);
        if (hasIdentity && _context.Module.Escaped.Contains(field))
            RereadProbes.Look(_context, field, watched.Member, owner, oldValue);
        if (!isStatic)
            code.LoadLocal(owner);
        code.Emit(load.OpCode, field);
        Add(new Taken(field, null, type, owner, oldValue, isStatic, hasIdentity, samePlace,
            !isStatic && field.DeclaringType.IsValueType && LifeOf(load) == AddressLife.UntilCall,
            watched.Member, _context.AddSite(SiteKind.Store, watched.Member), load.Offset));
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
        int member = _context.Module.Sites.AddMember(new MemberEntry(name, MemberKind.Local));
        Add(new Taken(null, local, type, owner, oldValue, true, false, true, false, member, _context.AddSite(SiteKind.Store, member), load.Offset));
        return true;
    }

    /// <summary>Before the statement stores to the field too: what was stored through its address until now.</summary>
    public void BeforeStore(FieldReference field) => LookAgain(Of(field));

    /// <summary>As <see cref="BeforeStore(FieldReference)"/>, for a local.</summary>
    public void BeforeStore(VariableDefinition local) => LookAgain(Of(local));

    /// <summary>After that store, which has been reported: what is stored through the address from now on.</summary>
    public void AfterStore(FieldReference field) => KnowCurrent(Of(field));

    /// <summary>As <see cref="AfterStore(FieldReference)"/>, for a local.</summary>
    public void AfterStore(VariableDefinition local) => KnowCurrent(Of(local));

    // Most statements take no address, and need no list to say so.
    private List<Taken> Of(FieldReference field)
    {
        if (_pending.Count == 0)
            return _pending;
        string name = field.FullName;
        return _pending.FindAll(t => t.Field?.FullName == name);
    }

    private List<Taken> Of(VariableDefinition local)
    {
        if (_pending.Count == 0)
            return _pending;
        VariableDefinition same = local;
        return _pending.FindAll(t => t.Local == same);
    }

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

    /// <summary>Before a call: what a pointer leads to may be gone after it.</summary>
    public void BeforeCall()
    {
        if (_pending.Count == 0)
            return;
        foreach (Taken taken in _pending.FindAll(t => t.UntilCall))
            LookAgain(taken, leavesStatement: true);
    }

    /// <summary>Where control comes to when a statement throws: writes the second looks of all that was taken between two offsets.</summary>
    public void AfterThrow(int start, int end)
    {
        foreach (Taken taken in _all.FindAll(t => t.Offset >= start && t.Offset < end))
            LookAgain(taken, leavesStatement: true);
    }

    private void Add(Taken taken)
    {
        _pending.Add(taken);
        _all.Add(taken);
    }

    /// <summary>How long the struct is there whose field's address is loaded. A struct in a field is looked at as a whole.</summary>
    private AddressLife LifeOf(Instruction load) =>
        (_lives ??= AddressLives.Of(_context.Source)).TryGetValue(load, out AddressLife life) ? life : AddressLife.Unknown;

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
        if (taken.HasIdentity && _context.Module.Escaped.Contains(taken.Field!))
            RereadProbes.Look(_context, taken.Field!, taken.Member, taken.Owner, current); // a method called may have seen the change
        else
            Report(taken, current, shape);
        if (leavesStatement)
        {
            // A null reference of no object can only be had from a local that is never stored to.
            if (taken.Owner.VariableType.IsByReference)
                code.LoadLocal(_context.Locals.Shared(taken.Owner.VariableType, "none"));
            else
                code.Emit(OpCodes.Ldnull);

            code.StoreLocal(taken.Owner);
        }
        else
        {
            code.LoadLocal(current);
            code.StoreLocal(taken.OldValue);
        }

        code.Add(skip);
    }

    private void Report(Taken taken, VariableDefinition current, ValueShape shape)
    {
        _context.LoadRecorderAndSite(taken.Site);
        if (taken.HasIdentity)
            _context.Code.LoadLocal(taken.Owner);
        else
            _context.Code.Emit(OpCodes.Ldnull);
        _context.LoadForProbe(taken.OldValue, shape);
        _context.LoadForProbe(current, shape);
        _context.CallUpdate(shape, taken.Type);
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
        bool HasIdentity, bool SamePlace, bool UntilCall, int Member, int Site, int Offset);
}
