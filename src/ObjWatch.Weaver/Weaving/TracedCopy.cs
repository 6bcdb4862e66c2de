using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using Mono.Cecil;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Weaving;

/// <summary>Writes the second, instrumented copy of a method's body.</summary>
/// <remarks>
/// Each original instruction becomes one or more new ones, and every reference to it (branch, switch arm, handler boundary, sequence
/// point, scope) leads to the first of them, by the original instruction and never by where the copy comes to lie: no branch can skip a probe.
/// </remarks>
internal sealed class TracedCopy
{
    private readonly MethodContext _context;
    private readonly ConstructorChain? _chain;
    private readonly int? _chainedSite;
    private readonly ConstructorProbes _constructor;
    private readonly ChangeProbes _changes;
    private readonly LocalNames _localNames;
    private readonly CompilersStores _compilersStores;
    private readonly InstructionMap _first;
    private readonly List<Instruction> _branches = new();
    private readonly List<SequencePoint> _sequencePoints = new();

    public TracedCopy(MethodContext context, ConstructorChain? chain, int? chainedSite)
    {
        _context = context;
        _first = new InstructionMap(context.Original.Body);
        _chain = chain;
        _chainedSite = chainedSite;
        _constructor = new ConstructorProbes(context);
        _localNames = new LocalNames(context.Original, context.KeepsLine && context.Module.Request.Locals);
        _compilersStores = new CompilersStores(context);
        _changes = new ChangeProbes(context, _localNames);
    }

    /// <summary>The copy's sequence points.</summary>
    public IReadOnlyList<SequencePoint> SequencePoints => _sequencePoints;

    /// <summary>Where the guarded part of the copy begins: after the base constructor's call where there is one, else at its start.</summary>
    public Instruction? GuardedFrom { get; private set; }

    /// <summary>The local that holds the result while the method is being left, or <see langword="null"/>.</summary>
    public VariableDefinition? Result { get; private set; }

    /// <summary>What returns were replaced by jumps to; placed by the caller.</summary>
    public Instruction Return { get; } = Instruction.Create(OpCodes.Nop);

    /// <summary>Whether there is something to do behind each return.</summary>
    private bool LeavesByReturn => _context.Plan.Traced || _context.IsSeparate;

    /// <summary>Not in a constructor before its base has run.</summary>
    private bool MayUseThis => GuardedFrom != null;

    /// <summary>Whether anything returns.</summary>
    public bool Returns { get; private set; }

    /// <summary>Whether a tail call became a plain one, so that its caller could still report its end.</summary>
    public bool GaveUpTailCall { get; private set; }

    /// <summary>Where whatever led to an original instruction leads in the copy: to the first instruction written for it.</summary>
    public InstructionMap Targets => _first;

    /// <summary>Writes the copy.</summary>
    public void Write()
    {
        Mono.Collections.Generic.Collection<Instruction> originals = _context.Original.Body.Instructions;
        Mono.Collections.Generic.Collection<SequencePoint> points = _context.Original.DebugInformation.SequencePoints;
        int nextPoint = 0;
        SeenLines? seenLines = points.Count > 0 && _context.KeepsLine ? new SeenLines(_context) : null;
        Dictionary<Instruction, TypeReference> catches = HandlerCopy.CatchTypes(_context.Original, _context.Module.Module.TypeSystem.Object);
        IList<ExceptionHandler> handlers = _context.Original.Body.HasExceptionHandlers ? _context.Original.Body.ExceptionHandlers : [];
        if (LeavesByReturn && _context.Result != ValueShape.None)
            Result = _context.Locals.New(_context.Original.ReturnType);
        if (_chain == null && !_context.Plan.IsClassConstructor)
            BeginGuarded();
        var prefixes = new List<Instruction>();
        for (int i = 0; i < originals.Count; i++)
        {
            Instruction first = originals[i];
            while (nextPoint < points.Count && points[nextPoint].Offset < first.Offset)
                nextPoint++;
            SequencePoint? point = nextPoint < points.Count && points[nextPoint].Offset == first.Offset ? points[nextPoint] : null;
            if (point != null)
            {
                EndStatement(i == 0 ? null : originals[i - 1]);
                _compilersStores.Begin(point, first);
            }

            int start = _context.Code.Count;
            if (catches.TryGetValue(first, out TypeReference? caught))
                CallProbes.Caught(_context, caught);
            foreach (ExceptionHandler handler in handlers)
            {
                if (handler.HandlerStart == first)
                    _changes.Addresses.AfterThrow(handler.TryStart.Offset, handler.TryEnd?.Offset ?? int.MaxValue);
            }

            if (point is { IsHidden: false })
                Line(point.StartLine, seenLines?.IsSeen(i, nextPoint + 1) == true);
            prefixes.Clear();
            while (originals[i].OpCode.OpCodeType == OpCodeType.Prefix)
                prefixes.Add(originals[i++]);
            Copy(prefixes, originals[i]);
            _first[first] = _context.Code.Instructions[start];
            if (point != null)
                _sequencePoints.Add(DebugScopes.Copy(point, _first[first]));
            if (i == _chain?.CallIndex)
                AfterChain();
        }

        foreach (Instruction branch in _branches)
            Retarget(branch);
    }

    private void Copy(List<Instruction> prefixes, Instruction instruction)
    {
        if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            _changes.Look();
        _changes.Rereads.Passed(instruction);
        _changes.Addresses.Kept.Passed(instruction);
        if (instruction.OpCode.Code is Code.Call or Code.Callvirt && CopyStateChange(prefixes, instruction))
            return;
        _changes.Addresses.BeforeUse(instruction);
        CopyOne(prefixes, instruction);
        _changes.Addresses.AfterUse(instruction);
    }

    private void CopyOne(List<Instruction> prefixes, Instruction instruction)
    {
        switch (instruction.OpCode.Code)
        {
            case Code.Stfld when _chain?.StoresBefore(instruction) == true:
                CopyStoreBeforeChain(prefixes, instruction);
                return;
            case Code.Stfld or Code.Stsfld when CopyStore(prefixes, instruction):
                return;
            case Code.Ldflda or Code.Ldsflda when CopyAddress(prefixes, instruction):
                return;
            case Code.Ret when LeavesByReturn:
                CopyReturn();
                return;
        }

        if (instruction == _chain?.Call)
            _constructor.BeforeChain(_chainedSite);
        if (CopyLocalAccess(prefixes, instruction))
            return;
        CopyPlain(prefixes, instruction);
        _changes.Collections.Passed(instruction);
        _changes.LocalCollections.Passed(instruction);
        if (instruction.OpCode.Code is Code.Ldsfld or Code.Ldfld)
            _changes.StaticCollections.Loaded(instruction);
    }

    private bool CopyLocalAccess(List<Instruction> prefixes, Instruction instruction)
    {
        if (prefixes.Count > 0)
            return false;
        if (_localNames.AddressedLocal(instruction) is { } addressed)
            return _changes.Addresses.CopyLocal(instruction, addressed.Variable, addressed.Name);
        if (_localNames.StoredLocal(instruction) is not { } local)
            return false;
        if (!StoreProbes.CopyLocal(_context, instruction, local.Variable, local.Name))
            return false;
        _changes.Addresses.Kept.Know(local.Variable);
        return true;
    }

    /// <summary>After this the state machine may be running elsewhere, so what the statement has changed is looked at before.</summary>
    private bool CopyStateChange(List<Instruction> prefixes, Instruction instruction)
    {
        if (!StateMachineProbes.Changes(_context, instruction))
            return false;
        _changes.Look();
        StateMachineProbes.Before(_context, instruction);
        CopyPlain(prefixes, instruction);
        return true;
    }

    private bool CopyStore(List<Instruction> prefixes, Instruction instruction)
    {
        var field = (FieldReference)instruction.Operand;
        if (_context.Module.Members.Find(field) is not { } watched || _compilersStores.Contains(watched, instruction))
            return false;
        if (!StoreProbes.Copy(_context, prefixes, instruction, watched))
            return false;
        _changes.Addresses.Kept.Know(field);
        _changes.StaticCollections.Stored(field, watched);
        return true;
    }

    private bool CopyAddress(List<Instruction> prefixes, Instruction instruction) => MayUseThis
        && _context.Module.Members.Find((FieldReference)instruction.Operand) is { } watched && !_compilersStores.Contains(watched, instruction)
        && _changes.Addresses.Copy(prefixes, instruction, watched);

    /// <summary>What comes is another statement. If control cannot fall into it nothing may stand between: it may be another region (try, handler).</summary>
    private void EndStatement(Instruction? last)
    {
        if (last == null || last.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw))
            _changes.Look();
        _changes.StaticCollections.EndStatement();
    }

    private void CopyStoreBeforeChain(List<Instruction> prefixes, Instruction instruction)
    {
        var field = (FieldReference)instruction.Operand;
        TypeReference type = GenericTypes.FieldType(field);
        if (_context.Module.Members.Find(field) is { } watched && _context.Module.Shapes.Of(type) != ValueShape.Opaque)
            _constructor.Defer(watched, type);
        CopyPlain(prefixes, instruction);
    }

    /// <summary>The end event is written behind the guarded part, so a return leaves it with the result in a local.</summary>
    private void CopyReturn()
    {
        Returns = true;
        if (Result != null)
            _context.Code.StoreLocal(Result);
        _context.Code.Emit(OpCodes.Leave, Return);
    }

    private void CopyPlain(List<Instruction> prefixes, Instruction instruction)
    {
        foreach (Instruction prefix in prefixes)
        {
            if (prefix.OpCode.Code == Code.Tail && (_context.Plan.Traced || _changes.Addresses.AreUsedBy(instruction))) // nothing may stand between a tail call and its return
                GaveUpTailCall = true;
            else
                _context.Code.Add(InstructionCopy.Of(prefix));
        }

        Instruction copy = _context.Code.Add(InstructionCopy.Of(instruction));
        if (copy.Operand is Instruction or Instruction[])
            _branches.Add(copy);
    }

    private void Line(int line, bool isSeen)
    {
        _context.Line = line;
        if (!isSeen)
            return;
        _context.Code.LoadLocal(_context.Recorder);
        _context.Code.LoadInteger(line);
        _context.Code.Emit(OpCodes.Stfld, _context.Module.Runtime.Line);
    }

    /// <summary>When an exception leaves the method: closes the frames above, and looks at what its last statement has changed before it threw.</summary>
    public void LookAfterThrow(VariableDefinition exception)
    {
        if (!_changes.Addresses.TookAny)
            return;
        CallProbes.CloseAbove(_context, exception);
        _changes.Addresses.AfterThrow(0, int.MaxValue);
    }

    private void AfterChain()
    {
        _constructor.AfterChain();
        IReadOnlyList<TypeReference?> stack = ConstructorStack.BehindCall(_context.Original, _chain!.CallIndex);
        if (stack.Contains(null))
            return; // then its end is not reported when an exception leaves it, until the next event shows that it is gone
        VariableDefinition[] spilled = stack.Select(type => _context.Locals.New(type!)).ToArray();
        foreach (VariableDefinition local in spilled.Reverse())
            _context.Code.StoreLocal(local);
        BeginGuarded();
        foreach (VariableDefinition local in spilled)
            _context.Code.LoadLocal(local);
    }

    private void BeginGuarded()
    {
        int start = _context.Code.Count;
        _context.Code.Emit(OpCodes.Nop);
        GuardedFrom = _context.Code.Instructions[start];
        _changes.Begin();
    }

    /// <summary>Leads the copy of a branch to the copies of its targets.</summary>
    private void Retarget(Instruction branch) => branch.Operand = branch.Operand is Instruction[] targets
        ? targets.Select(target => _first[target]).ToArray()
        : _first[(Instruction)branch.Operand];
}
