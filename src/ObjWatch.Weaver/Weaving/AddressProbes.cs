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
        if (samePlace && _pending.Find(t => t.SamePlace && t.Field.FullName == field.FullName) is { } known)
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
        _pending.Add(new Taken(field, type, owner, oldValue, isStatic, StoreProbes.HasIdentity(field, watched), samePlace,
            _context.AddSite(SiteKind.Store, watched.Member)));
        return true;
    }

    /// <summary>Before the statement stores to the field too: what was stored through its address until now.</summary>
    public void BeforeStore(FieldReference field)
    {
        foreach (Taken taken in _pending.FindAll(t => t.Field.FullName == field.FullName))
            LookAgain(taken, leavesStatement: false);
    }

    /// <summary>After that store, which has been reported: what is stored through the address from now on.</summary>
    public void AfterStore(FieldReference field)
    {
        foreach (Taken taken in _pending.FindAll(t => t.Field.FullName == field.FullName))
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
        VariableDefinition current = _context.Locals.Shared(taken.Type, "new");
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
        code.Emit(load.OpCode, known.Field);
    }

    private void LoadCurrent(Taken taken)
    {
        if (!taken.IsStatic)
            _context.Code.LoadLocal(taken.Owner);
        _context.Code.Emit(taken.IsStatic ? OpCodes.Ldsfld : OpCodes.Ldfld, taken.Field);
    }

    private sealed record Taken(
        FieldReference Field, TypeReference Type, VariableDefinition Owner, VariableDefinition OldValue, bool IsStatic, bool HasIdentity, bool SamePlace, int Site);
}
