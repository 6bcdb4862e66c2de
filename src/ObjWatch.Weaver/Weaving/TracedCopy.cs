using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

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
    private readonly CollectionProbes _collections;
    private readonly AddressProbes _addresses;
    private readonly LocalNames _localNames;
    private readonly InstructionMap _first;
    private readonly InstructionMap _own;
    private readonly List<SequencePoint> _sequencePoints = new();

    public TracedCopy(MethodContext context, ConstructorChain? chain, int? chainedSite)
    {
        _context = context;
        _first = new InstructionMap(context.Method.Body);
        _own = new InstructionMap(context.Method.Body);
        _chain = chain;
        _chainedSite = chainedSite;
        _constructor = new ConstructorProbes(context);
        _collections = new CollectionProbes(context);
        _addresses = new AddressProbes(context);
        _localNames = new LocalNames(context.Method, context.Traced && context.Module.Request.Locals);
    }

    /// <summary>The copy's sequence points.</summary>
    public IReadOnlyList<SequencePoint> SequencePoints => _sequencePoints;

    /// <summary>Where the guarded part of the copy begins: after the base constructor's call where there is one, else at its start.</summary>
    public Instruction? GuardedFrom { get; private set; }

    /// <summary>The local that holds the result while the method is being left, or <see langword="null"/>.</summary>
    public VariableDefinition? Result { get; private set; }

    /// <summary>What returns were replaced by jumps to; placed by the caller.</summary>
    public Instruction Return { get; } = Instruction.Create(OpCodes.Nop);

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
        Mono.Collections.Generic.Collection<Instruction> originals = _context.Method.Body.Instructions;
        Mono.Collections.Generic.Collection<SequencePoint> points = _context.Method.DebugInformation.SequencePoints;
        int nextPoint = 0;
        Dictionary<Instruction, TypeReference> catches = Catches();
        if (_context.Traced && _context.Result != ValueShape.None)
            Result = _context.Locals.New(_context.Method.ReturnType);
        if (_chain == null && !_context.IsClassConstructor)
            BeginGuarded();
        var prefixes = new List<Instruction>();
        for (int i = 0; i < originals.Count; i++)
        {
            Instruction first = originals[i];
            while (nextPoint < points.Count && points[nextPoint].Offset < first.Offset)
                nextPoint++;
            SequencePoint? point = nextPoint < points.Count && points[nextPoint].Offset == first.Offset ? points[nextPoint] : null;
            if (point != null)
                EndStatement(i == 0 ? null : originals[i - 1]);
            int start = _context.Code.Count;
            if (catches.TryGetValue(first, out TypeReference? caught))
                Caught(caught);
            if (point is { IsHidden: false })
                Line(point.StartLine);
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

        foreach (Instruction instruction in originals)
            Retarget(instruction);
    }

    private void Copy(List<Instruction> prefixes, Instruction instruction)
    {
        if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            LookForChanges(LeavesStatement(instruction));
        switch (instruction.OpCode.Code)
        {
            case Code.Stfld when _chain?.StoresBefore(instruction) == true:
                CopyStoreBeforeChain(prefixes, instruction);
                return;
            case Code.Stfld or Code.Stsfld when CopyStore(prefixes, instruction):
                return;
            case Code.Ldflda or Code.Ldsflda when CopyAddress(prefixes, instruction):
                return;
            case Code.Ret when _context.Traced:
                CopyReturn();
                return;
        }

        if (instruction.OpCode.Code is Code.Call or Code.Callvirt && CopyStateChange(prefixes, instruction))
            return;
        if (instruction == _chain?.Call)
            _constructor.BeforeChain(_chainedSite);
        if (_localNames.StoredLocal(instruction) is { } local && StoreProbes.CopyLocal(_context, instruction, local.Variable, local.Name))
            return;
        CopyPlain(prefixes, instruction);
        _collections.Passed(instruction);
    }

    /// <summary>After this the state machine may be running elsewhere, so what the statement has changed is looked at before.</summary>
    private bool CopyStateChange(List<Instruction> prefixes, Instruction instruction)
    {
        if (!StateMachineProbes.Changes(_context, instruction))
            return false;
        LookForChanges(leavesStatement: true);
        StateMachineProbes.Before(_context, instruction);
        CopyPlain(prefixes, instruction);
        return true;
    }

    private bool CopyStore(List<Instruction> prefixes, Instruction instruction)
    {
        var field = (FieldReference)instruction.Operand;
        if (_context.Module.Members.Find(field) is not { } watched)
            return false;
        _addresses.BeforeStore(field);
        if (!StoreProbes.Copy(_context, prefixes, instruction, watched))
            return false;
        _addresses.AfterStore(field);
        _collections.Stored(watched);
        return true;
    }

    private bool CopyAddress(List<Instruction> prefixes, Instruction instruction) => MayUseThis
        && _context.Module.Members.Find((FieldReference)instruction.Operand) is { } watched
        && _addresses.Copy(prefixes, instruction, watched);

    /// <summary>On each way out of a statement: what it changed without a store instruction is looked at.</summary>
    private void LookForChanges(bool leavesStatement)
    {
        _addresses.Flush(leavesStatement);
        _collections.Flush();
    }

    /// <summary>What comes is another statement. If control cannot fall into it nothing may stand between: it may be another region (try, handler).</summary>
    private void EndStatement(Instruction? last)
    {
        if (last == null || last.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw))
            LookForChanges(leavesStatement: true);
        _addresses.EndStatement();
    }

    private bool LeavesStatement(Instruction branch) => _addresses.Any && branch.Operand switch
    {
        Instruction target => BeginsStatement(target),
        Instruction[] targets => targets.Any(BeginsStatement),
        _ => true,
    };

    private bool BeginsStatement(Instruction instruction) =>
        _context.Method.DebugInformation.SequencePoints.Any(p => p.Offset == instruction.Offset);

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
            if (prefix.OpCode.Code == Code.Tail && (_context.Traced || _addresses.Any)) // nothing may stand between a tail call and its return
                GaveUpTailCall = true;
            else
                _context.Code.Add(InstructionCopy.Of(prefix));
        }

        _own[instruction] = _context.Code.Add(InstructionCopy.Of(instruction));
    }

    private void Line(int line)
    {
        _context.Line = line;
        if (!_context.SetsLine)
            return;
        _context.Code.LoadLocal(_context.Recorder);
        _context.Code.LoadInteger(line);
        _context.Code.Emit(OpCodes.Stfld, _context.Module.Runtime.Line);
    }

    /// <summary>At a catch handler's entry the exception is on the stack; frames that it left without an end of their own are closed.</summary>
    private void Caught(TypeReference type)
    {
        if (!_context.Traced)
            return;
        VariableDefinition exception = _context.Locals.Shared(type, "caught");
        CodeBuilder code = _context.Code;
        code.StoreLocal(exception);
        code.LoadLocal(_context.Recorder);
        code.LoadLocal(_context.Frame!);
        code.LoadLocal(exception);
        if (type is GenericParameter)
            code.Emit(OpCodes.Box, type);
        code.Call(_context.Module.Runtime.Method("Caught"));
        code.LoadLocal(exception);
    }

    private void AfterChain()
    {
        _constructor.AfterChain();
        IReadOnlyList<TypeReference?> stack = ConstructorStack.BehindCall(_context.Method, _chain!.CallIndex);
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
        _collections.Begin();
    }

    private Dictionary<Instruction, TypeReference> Catches()
    {
        var catches = new Dictionary<Instruction, TypeReference>();
        foreach (ExceptionHandler handler in _context.Method.Body.ExceptionHandlers)
        {
            if (handler.HandlerType == ExceptionHandlerType.Catch)
                catches[handler.HandlerStart] = handler.CatchType;
            else if (handler.HandlerType == ExceptionHandlerType.Filter)
                catches[handler.HandlerStart] = _context.Module.Module.TypeSystem.Object;
        }

        return catches;
    }

    /// <summary>Leads the copy of a branch to the copies of its targets.</summary>
    private void Retarget(Instruction original)
    {
        if (original.Operand is Instruction target)
            _own[original].Operand = _first[target];
        else if (original.Operand is Instruction[] targets)
            _own[original].Operand = targets.Select(t => _first[t]).ToArray();
    }
}
