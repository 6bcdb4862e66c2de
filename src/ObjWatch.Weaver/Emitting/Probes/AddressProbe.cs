using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.DataFlow;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>
/// Fields and locals whose address a statement takes (<c>ref</c>, <c>out</c>, <c>Interlocked</c>, <c>= default</c>, a call on a struct in a
/// field): whoever has the address may store without a store instruction, so they are read right before the address is used and right after
/// it.
/// </summary>
internal sealed class AddressProbe : InstructionProbe
{
    private readonly List<Taken> _none = []; // most instructions use no address, and need no list to say so
    private readonly Dictionary<Instruction, Taken> _taken = new();
    private readonly KeptLocals _kept;
    private Dictionary<Instruction, AddressLife>? _lives;
    private AddressUses? _uses;

    private AddressProbe(BodyContext body)
        : base(body) => _kept = new KeptLocals(body.Method);

    /// <summary>In every method.</summary>
    public static ProbeKind Kind { get; } = new("addresses", (_, _) => true, body => new AddressProbe(body));

    public override bool LooksAfterThrow => _taken.Count > 0;

    private AddressUses Uses => _uses ??= AddressUses.Of(Context.Original, Context.Module.Shapes);

    /// <summary>An instruction that may store through addresses: reads what is there.</summary>
    public override void Before(CopiedInstruction copied)
    {
        if (_taken.Count == 0)
            return;
        foreach (Taken taken in TakenFor(copied.Instruction))
            ReadBeforeUse(taken);
    }

    public override bool Instead(CopiedInstruction copied) => copied.Code switch
    {
        Code.Ldflda or Code.Ldsflda => Body.MayUseThis && Context.Module.Members.Find(copied.Field) is { } watched
            && !Body.CompilersStores.Contains(watched, copied.Instruction) && Take(copied, watched),
        Code.Ldloca or Code.Ldloca_S => copied.Prefixes.Count == 0
            && Body.LocalNames.AddressedLocal(copied.Instruction) is { } local && Take(copied.Instruction, local.Variable, local.Name),
        _ => false,
    };

    public override void After(CopiedInstruction copied)
    {
        if (copied.StoredLocal != null)
            _kept.Know(copied.StoredLocal);
        else if (copied.StoredField != null)
            _kept.Know(copied.Field);
        _kept.Passed(copied.Instruction);
        if (_taken.Count > 0)
            AfterUse(copied.Instruction);
    }

    public override bool WritesAfter(Instruction instruction) => _taken.Count > 0 && TakenFor(instruction).Count > 0;

    public override void EndOfStatement(Instruction? by)
    {
        if (by != null)
            _kept.Passed(by); // it is not looked at behind it
        _kept.Flush();
    }

    public override void AfterThrow(int start, int end)
    {
        foreach (Taken taken in _taken.Values.Where(t => t.Site >= 0 && t.Load.Offset >= start && t.Load.Offset < end)
            .OrderBy(t => t.Load.Offset).ToList())
            LookAgain(taken);
    }

    /// <summary>Copies an <c>ldflda</c> or <c>ldsflda</c> of a watched field, and keeps in mind whose field it is.</summary>
    /// <returns>Whether it could be done; nothing is written if not.</returns>
    private bool Take(CopiedInstruction copied, WatchedField watched)
    {
        Instruction load = copied.Instruction;
        FieldReference field = copied.Field;
        TypeReference type = GenericTypes.FieldType(field);
        bool isStatic = load.OpCode.Code == Code.Ldsflda;
        AddressLife life = isStatic || !field.DeclaringType.IsValueType ? AddressLife.Statement : LifeOf(load);
        if (copied.Prefixes.Count > 0 || Context.Module.Shapes.Of(type) == ValueShape.Opaque || StructSizes.IsLarge(type)
            || life == AddressLife.Unknown)
            return false;
        // Of a static there is no owner; that its address was taken is noted with an object too: only those are null from the start
        // everywhere.
        TypeReference ownerType = isStatic ? Context.Recorder.VariableType : FieldOwner.TypeOf(field, Context.Host.DeclaringType);
        bool ofThis = !isStatic && load.Previous?.OpCode.Code == Code.Ldarg_0 && Context.Host.HasThis;
        VariableDefinition? held = ofThis ? null : Context.Locals.New(ownerType);
        if (held != null)
        {
            if (isStatic)
                Output.LoadLocal(Context.Recorder);
            Output.StoreLocal(held);
            if (!isStatic)
                Output.LoadLocal(held);
        }

        if (watched.Kind == MemberKind.Local && Uses.IsKept(load))
            _kept.Add(field, watched.Member, held);
        Output.Emit(load.OpCode, field);
        _taken[load] = new Taken(field, null, type, held, Context.Locals.New(ownerType), Context.Locals.New(type), isStatic,
            FieldOwner.HasIdentity(field, watched), life == AddressLife.UntilCall, watched.Member, load);
        return true;
    }

    /// <summary>Copies the load of a named local's address.</summary>
    /// <returns>Whether it could be done; nothing is written if not.</returns>
    private bool Take(Instruction load, VariableDefinition local, string name)
    {
        TypeReference type = local.VariableType;
        if (type.IsPinned || Context.Module.Shapes.Of(type) == ValueShape.Opaque || StructSizes.IsLarge(type))
            return false;
        Output.Add(InstructionCopy.Of(load));
        int member = Context.Module.Sites.AddMember(new MemberEntry(name, MemberKind.Local));
        VariableDefinition owner = Context.Locals.New(Context.Recorder.VariableType);
        _taken[load] = new Taken(null, local, type, null, owner, Context.Locals.New(type), true, false, false, member, load);
        if (Uses.IsKept(load))
            _kept.Add(local, name);
        return true;
    }

    private void ReadBeforeUse(Taken taken)
    {
        Instruction skip = Instruction.Create(OpCodes.Nop);
        taken.Site = Context.AddSite(SiteKind.Store, taken.Member);
        if (taken.Held != null)
        {
            Output.LoadLocal(taken.Held);
            Output.Emit(OpCodes.Brfalse, skip); // the statement branched around the place where the address is taken
            Output.LoadLocal(taken.Held);
        }
        else if (taken.Local != null)
        {
            Output.LoadLocal(Context.Recorder);
        }
        else
        {
            Output.LoadThis();
        }

        Output.StoreLocal(taken.Owner);
        LoadCurrent(taken);
        Output.StoreLocal(taken.OldValue);
        if (IsEscaped(taken))
            EscapedFields.Look(Context, taken.Field!, taken.Member, taken.Owner, taken.OldValue);
        Output.Add(skip);
    }

    /// <summary>Reports what an instruction has changed.</summary>
    private void AfterUse(Instruction instruction)
    {
        foreach (Taken taken in TakenFor(instruction))
        {
            LookAgain(taken);
            if (taken.Local != null)
                _kept.Know(taken.Local);
            if (taken.Held != null && !Uses.IsLeft(taken.Load, instruction))
                Forget(taken.Held);
        }
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
                || (taken.Held == null && all.Exists(other => IsSamePlace(other, taken))))
                continue;
            all.Add(taken);
        }

        return all;
    }

    private static bool IsSamePlace(Taken one, Taken other) =>
        one.Held == null && one.Local == other.Local && one.Field?.FullName == other.Field?.FullName;

    /// <summary>How long the struct is there whose field's address is loaded. A struct in a field is looked at as a whole.</summary>
    private AddressLife LifeOf(Instruction load) =>
        (_lives ??= AddressLives.Of(Context.Original)).TryGetValue(load, out AddressLife life) ? life : AddressLife.Unknown;

    private bool IsEscaped(Taken taken) => taken.HasIdentity && Context.Module.Escaped.Contains(taken.Field!);

    private void LookAgain(Taken taken)
    {
        ValueShape shape = Context.Module.Shapes.Of(taken.Type);
        VariableDefinition current = Context.Locals.Shared(taken.Type, "now");
        Instruction skip = Instruction.Create(OpCodes.Nop);
        Output.LoadLocal(taken.Owner);
        Output.Emit(OpCodes.Brfalse, skip); // not used, or looked at already
        LoadCurrent(taken);
        Output.StoreLocal(current);
        if (IsEscaped(taken))
            EscapedFields.Look(Context, taken.Field!, taken.Member, taken.Owner, current); // a method called may have seen the change
        else
            Report(taken, current, shape);
        if (taken.Field != null)
            _kept.Know(taken.Field);
        Forget(taken.Owner);
        Output.Add(skip);
    }

    private void Forget(VariableDefinition owner)
    {
        // A null reference of no object can only be had from a local that is never stored to.
        if (owner.VariableType.IsByReference)
            Output.LoadLocal(Context.Locals.Shared(owner.VariableType, "none"));
        else
            Output.Emit(OpCodes.Ldnull);
        Output.StoreLocal(owner);
    }

    private void Report(Taken taken, VariableDefinition current, ValueShape shape)
    {
        Context.LoadRecorderAndSite(taken.Site);
        if (taken.HasIdentity)
            Output.LoadLocal(taken.Owner);
        else
            Output.Emit(OpCodes.Ldnull);
        Context.LoadForProbe(taken.OldValue, shape);
        Context.LoadForProbe(current, shape);
        Context.CallUpdate(shape, taken.Type);
    }

    private void LoadCurrent(Taken taken)
    {
        if (taken.Local != null)
        {
            Output.LoadLocal(taken.Local);
            return;
        }

        if (!taken.IsStatic)
            Output.LoadLocal(taken.Owner);
        Output.Emit(taken.IsStatic ? OpCodes.Ldsfld : OpCodes.Ldfld, taken.Field!);
    }

    /// <summary>A field or a local whose address is taken.</summary>
    /// <param name="Field">The field, or none.</param>
    /// <param name="Local">The local, or none.</param>
    /// <param name="Type">Its type.</param>
    /// <param name="Held">Set while its address lies on the stack: the object it is taken of. Not there for fields of <c>this</c>, and
    /// locals.</param>
    /// <param name="Owner">Set while the address is used: the object, or for what has none something that is not null.</param>
    /// <param name="OldValue">What was there before that use.</param>
    /// <param name="IsStatic">Whether it needs no object to be read.</param>
    /// <param name="HasIdentity">Whether the object has a number in the trace.</param>
    /// <param name="UntilCall">Whether it may be gone after a call.</param>
    /// <param name="Member">Its member.</param>
    /// <param name="Load">Takes the address.</param>
    private sealed record Taken(
        FieldReference? Field, VariableDefinition? Local, TypeReference Type, VariableDefinition? Held, VariableDefinition Owner,
        VariableDefinition OldValue,
        bool IsStatic, bool HasIdentity, bool UntilCall, int Member, Instruction Load)
    {
        /// <summary>The site of what is reported: where the address was last used.</summary>
        public int Site { get; set; } = -1;
    }
}
