using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Weaving;

/// <summary>
/// Fields and locals whose address a statement takes (<c>ref</c>, <c>out</c>, <c>Interlocked</c>, <c>= default</c>, a call on a struct in a field): whoever has the
/// address may store without a store instruction, so they are read right before the address is used and right after it.
/// </summary>
internal sealed class AddressProbes
{
    private readonly List<Taken> _none = []; // most instructions use no address, and need no list to say so
    private readonly MethodContext _context;
    private readonly Dictionary<Instruction, Taken> _taken = new();
    private Dictionary<Instruction, AddressLife>? _lives;
    private AddressUses? _uses;

    public AddressProbes(MethodContext context)
    {
        _context = context;
        Kept = new KeptLocals(context);
    }

    /// <summary>Locals whose address is kept in a variable.</summary>
    public KeptLocals Kept { get; }

    /// <summary>Whether there was anything to look at again in all of the method.</summary>
    public bool TookAny => _taken.Count > 0;

    private AddressUses Uses => _uses ??= AddressUses.Of(_context.Original, _context.Module.Shapes);

    /// <summary>Copies an <c>ldflda</c> or <c>ldsflda</c> of a watched field, and keeps in mind whose field it is.</summary>
    /// <returns>Whether it could be done; nothing is written if not.</returns>
    public bool Copy(IReadOnlyList<Instruction> prefixes, Instruction load, WatchedField watched)
    {
        var field = (FieldReference)load.Operand;
        TypeReference type = GenericTypes.FieldType(field);
        bool isStatic = load.OpCode.Code == Code.Ldsflda;
        AddressLife life = isStatic || !field.DeclaringType.IsValueType ? AddressLife.Statement : LifeOf(load);
        if (prefixes.Count > 0 || _context.Module.Shapes.Of(type) == ValueShape.Opaque || StructSizes.IsLarge(type) || life == AddressLife.Unknown)
            return false;
        CodeBuilder code = _context.Code;
        // Of a static there is no owner; that its address was taken is noted with an object too: only those are null from the start everywhere.
        TypeReference ownerType = isStatic ? _context.Recorder.VariableType : StoreProbes.OwnerType(_context, field);
        bool ofThis = !isStatic && load.Previous?.OpCode.Code == Code.Ldarg_0 && _context.Host.HasThis;
        VariableDefinition? held = ofThis ? null : _context.Locals.New(ownerType);
        if (held != null)
        {
            if (isStatic)
                code.LoadLocal(_context.Recorder);
            code.StoreLocal(held);
            if (!isStatic)
                code.LoadLocal(held);
        }

        if (watched.Kind == MemberKind.Local && Uses.IsKept(load))
            Kept.Add(field, watched.Member, held);
        code.Emit(load.OpCode, field);
        _taken[load] = new Taken(field, null, type, held, _context.Locals.New(ownerType), _context.Locals.New(type), isStatic,
            StoreProbes.HasIdentity(field, watched), life == AddressLife.UntilCall, watched.Member, load);
        return true;
    }

    /// <summary>Copies the load of a named local's address.</summary>
    /// <returns>Whether it could be done; nothing is written if not.</returns>
    public bool CopyLocal(Instruction load, VariableDefinition local, string name)
    {
        TypeReference type = local.VariableType;
        if (type.IsPinned || _context.Module.Shapes.Of(type) == ValueShape.Opaque || StructSizes.IsLarge(type))
            return false;
        _context.Code.Add(InstructionCopy.Of(load));
        int member = _context.Module.Sites.AddMember(new MemberEntry(name, MemberKind.Local));
        _taken[load] = new Taken(null, local, type, null, _context.Locals.New(_context.Recorder.VariableType), _context.Locals.New(type), true, false, false,
            member, load);
        if (Uses.IsKept(load))
            Kept.Add(local, name);
        return true;
    }

    /// <summary>Whether the instruction may store through addresses that are looked at, so that something is written behind it.</summary>
    public bool AreUsedBy(Instruction instruction) => _taken.Count > 0 && TakenFor(instruction).Count > 0;

    /// <summary>Before an instruction that may store through addresses: reads what is there.</summary>
    public void BeforeUse(Instruction instruction)
    {
        if (_taken.Count == 0)
            return;
        CodeBuilder code = _context.Code;
        foreach (Taken taken in TakenFor(instruction))
        {
            Instruction skip = Instruction.Create(OpCodes.Nop);
            taken.Site = _context.AddSite(SiteKind.Store, taken.Member);
            if (taken.Held != null)
            {
                code.LoadLocal(taken.Held);
                code.Emit(OpCodes.Brfalse, skip); // the statement branched around the place where the address is taken
                code.LoadLocal(taken.Held);
            }
            else if (taken.Local != null)
            {
                code.LoadLocal(_context.Recorder);
            }
            else
            {
                code.LoadThis();
            }

            code.StoreLocal(taken.Owner);
            LoadCurrent(taken);
            code.StoreLocal(taken.OldValue);
            if (IsEscaped(taken))
                RereadProbes.Look(_context, taken.Field!, taken.Member, taken.Owner, taken.OldValue);
            code.Add(skip);
        }
    }

    /// <summary>After it: reports what it has changed.</summary>
    public void AfterUse(Instruction instruction)
    {
        if (_taken.Count == 0)
            return;
        foreach (Taken taken in TakenFor(instruction))
        {
            LookAgain(taken);
            if (taken.Local != null)
                Kept.Know(taken.Local);
            if (taken.Held != null && !Uses.IsLeft(taken.Load, instruction))
                Forget(taken.Held);
        }
    }

    /// <summary>Where control comes to when a statement throws: looks at what was used between two offsets.</summary>
    public void AfterThrow(int start, int end)
    {
        foreach (Taken taken in _taken.Values.Where(t => t.Site >= 0 && t.Load.Offset >= start && t.Load.Offset < end).OrderBy(t => t.Load.Offset).ToList())
            LookAgain(taken);
    }

    /// <summary>What a pointer leads to may be gone after a call. A place that is handed over twice is looked at once.</summary>
    private List<Taken> TakenFor(Instruction instruction)
    {
        IReadOnlyList<Instruction> loads = Uses.At(instruction);
        if (loads.Count == 0)
            return _none;
        var all = new List<Taken>();
        foreach (Instruction load in loads)
        {
            if (!_taken.TryGetValue(load, out Taken? taken) || (taken.UntilCall && instruction.OpCode.FlowControl == FlowControl.Call)
                || (taken.Held == null && all.Exists(t => t.Held == null && t.Local == taken.Local && t.Field?.FullName == taken.Field?.FullName)))
                continue;
            all.Add(taken);
        }

        return all;
    }

    /// <summary>How long the struct is there whose field's address is loaded. A struct in a field is looked at as a whole.</summary>
    private AddressLife LifeOf(Instruction load) =>
        (_lives ??= AddressLives.Of(_context.Original)).TryGetValue(load, out AddressLife life) ? life : AddressLife.Unknown;

    private bool IsEscaped(Taken taken) => taken.HasIdentity && _context.Module.Escaped.Contains(taken.Field!);

    private void LookAgain(Taken taken)
    {
        CodeBuilder code = _context.Code;
        ValueShape shape = _context.Module.Shapes.Of(taken.Type);
        VariableDefinition current = _context.Locals.Shared(taken.Type, "now");
        Instruction skip = Instruction.Create(OpCodes.Nop);
        code.LoadLocal(taken.Owner);
        code.Emit(OpCodes.Brfalse, skip); // not used, or looked at already
        LoadCurrent(taken);
        code.StoreLocal(current);
        if (IsEscaped(taken))
            RereadProbes.Look(_context, taken.Field!, taken.Member, taken.Owner, current); // a method called may have seen the change
        else
            Report(taken, current, shape);
        if (taken.Field != null)
            Kept.Know(taken.Field);
        Forget(taken.Owner);
        code.Add(skip);
    }

    private void Forget(VariableDefinition owner)
    {
        CodeBuilder code = _context.Code;
        // A null reference of no object can only be had from a local that is never stored to.
        if (owner.VariableType.IsByReference)
            code.LoadLocal(_context.Locals.Shared(owner.VariableType, "none"));
        else
            code.Emit(OpCodes.Ldnull);
        code.StoreLocal(owner);
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

    /// <summary>A field or a local whose address is taken.</summary>
    /// <param name="Field">The field, or none.</param>
    /// <param name="Local">The local, or none.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Held">Set while its address lies on the stack: the object it is taken of. Not there for fields of <c>this</c>, and locals.</param>
    /// <param name="Owner">Set while the address is used: the object, or for what has none something that is not null.</param>
    /// <param name="OldValue">What was there before that use.</param>
    /// <param name="IsStatic">Whether it needs no object to be read.</param>
    /// <param name="HasIdentity">Whether the object has a number in the trace.</param>
    /// <param name="UntilCall">Whether it may be gone after a call.</param>
    /// <param name="Member">Its member.</param>
    /// <param name="Load">Takes the address.</param>
    private sealed record Taken(
        FieldReference? Field, VariableDefinition? Local, TypeReference Type, VariableDefinition? Held, VariableDefinition Owner, VariableDefinition OldValue,
        bool IsStatic, bool HasIdentity, bool UntilCall, int Member, Instruction Load)
    {
        /// <summary>The site of what is reported: where the address was last used.</summary>
        public int Site { get; set; } = -1;
    }
}
