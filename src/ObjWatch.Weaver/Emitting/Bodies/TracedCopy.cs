using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.DataFlow;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Emitting.Symbols;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Writes the second, instrumented copy of a method's body.</summary>
/// <remarks>
/// Each original instruction becomes one or more new ones, and every reference to it (branch, switch arm, handler boundary, sequence
/// point, scope) leads to the first of them, by the original instruction and never by where the copy comes to lie: no branch can skip a
/// probe. What is written besides the instructions is the affair of the probes (<see cref="ProbeList"/>).
/// </remarks>
internal sealed class TracedCopy
{
    private readonly MethodContext _context;
    private readonly BodyContext _body;
    private readonly InstructionProbe[] _probes;
    private readonly InstructionMap _first;
    private readonly List<Instruction> _branches = new();
    private readonly List<SequencePoint> _sequencePoints = new();

    private TracedCopy(BodyContext body, InstructionProbe[] probes)
    {
        _context = body.Method;
        _body = body;
        _probes = probes;
        _first = new InstructionMap(body.Method.Original.Body);
    }

    /// <summary>The copy's sequence points.</summary>
    public IReadOnlyList<SequencePoint> SequencePoints => _sequencePoints;

    /// <summary>Where the guarded part of the copy begins: after the base constructor's call where there is one, else at its
    /// start.</summary>
    public Instruction? GuardedFrom { get; private set; }

    /// <summary>The local that holds the result while the method is being left, or <see langword="null"/>.</summary>
    public VariableDefinition? Result { get; private set; }

    /// <summary>What returns were replaced by jumps to; placed by the caller.</summary>
    public Instruction Return { get; } = Instruction.Create(OpCodes.Nop);

    /// <summary>Whether anything returns.</summary>
    public bool Returns { get; private set; }

    /// <summary>Whether a tail call became a plain one, so that its caller could still report its end.</summary>
    public bool GaveUpTailCall { get; private set; }

    /// <summary>Where whatever led to an original instruction leads in the copy: to the first instruction written for it.</summary>
    public InstructionMap Targets => _first;

    /// <summary>Whether there is something to do behind each return.</summary>
    private bool LeavesByReturn => _context.Plan.Traced || _context.IsSeparate;

    /// <summary>Writes the copy of a body.</summary>
    public static TracedCopy Write(BodyContext body)
    {
        var copy = new TracedCopy(body, ProbeList.For(body));
        copy.Write();
        return copy;
    }

    /// <summary>When an exception leaves the method: closes the frames above, and looks at what its last statement has changed before it
    /// threw.</summary>
    public void LookAfterThrow(VariableDefinition exception)
    {
        if (!_probes.Any(probe => probe.LooksAfterThrow))
            return;
        CallProbes.CloseAbove(_context, exception);
        AfterThrow(0, int.MaxValue);
    }

    private void Write()
    {
        Mono.Collections.Generic.Collection<Instruction> originals = _context.Original.Body.Instructions;
        Mono.Collections.Generic.Collection<SequencePoint> points = _context.Original.DebugInformation.SequencePoints;
        int nextPoint = 0;
        SeenLines? seenLines = points.Count > 0 && _context.KeepsLine ? SeenLines.Of(_context) : null;
        var handlers = HandlerEntries.Of(_context.Original, _context.Module.Module.TypeSystem.Object);
        if (LeavesByReturn && _context.Result != ValueShape.None)
            Result = _context.Locals.New(_context.Original.ReturnType);
        if (!_context.Plan.IsClassConstructor)
            BeginGuarded();
        var copied = new CopiedInstruction();
        for (int i = 0; i < originals.Count; i++)
        {
            Instruction first = originals[i];
            while (nextPoint < points.Count && points[nextPoint].Offset < first.Offset)
                nextPoint++;
            SequencePoint? point = nextPoint < points.Count && points[nextPoint].Offset == first.Offset ? points[nextPoint] : null;
            if (point != null)
                BeginStatement(point, first, i == 0 ? null : originals[i - 1]);
            int start = _context.Code.Count;
            EnterHandlers(handlers, first);
            if (point is { IsHidden: false })
                Line(point.StartLine, seenLines?.IsSeen(i, nextPoint + 1) == true);
            i = copied.MoveTo(originals, i);
            Copy(copied);
            _first[first] = _context.Code.Instructions[start];
            if (point != null)
                _sequencePoints.Add(DebugScopes.Copy(point, _first[first]));
            if (copied.Instruction == _body.Chain?.Call)
                BeginGuardedBehindChain();
        }

        foreach (Instruction branch in _branches)
            Retarget(branch);
    }

    /// <summary>What comes is another statement. If control cannot fall into it nothing may stand between: it may be another region (try,
    /// handler).</summary>
    private void BeginStatement(SequencePoint point, Instruction first, Instruction? last)
    {
        if (last == null || last.OpCode.FlowControl is not (FlowControl.Branch or FlowControl.Return or FlowControl.Throw))
            EndOfStatement(null);
        foreach (InstructionProbe probe in _probes)
            probe.BeginStatement();
        _body.CompilersStores.Begin(point, first);
    }

    private void EnterHandlers(HandlerEntries handlers, Instruction first)
    {
        if (handlers.CaughtAt(first) is { } caught)
            CallProbes.Caught(_context, caught);
        foreach (ExceptionHandler handler in handlers.All)
        {
            if (handler.HandlerStart == first)
                AfterThrow(handler.TryStart.Offset, handler.TryEnd?.Offset ?? int.MaxValue);
        }
    }

    private void Copy(CopiedInstruction copied)
    {
        bool ends = EndsStatement(copied.Instruction);
        if (ends)
            EndOfStatement(copied.Instruction);
        foreach (InstructionProbe probe in _probes)
            probe.Before(copied);
        if (copied.Code == Code.Ret && LeavesByReturn)
            CopyReturn();
        else if (!copied.MustStay && IsDoneInstead(copied))
            copied.IsPlain = false;
        else
            CopyPlain(copied);
        if (ends)
            return;
        foreach (InstructionProbe probe in _probes)
            probe.After(copied);
    }

    private bool EndsStatement(Instruction instruction)
    {
        if (instruction.OpCode.FlowControl is FlowControl.Branch or FlowControl.Cond_Branch or FlowControl.Return or FlowControl.Throw)
            return true;
        foreach (InstructionProbe probe in _probes)
        {
            if (probe.EndsStatement(instruction))
                return true;
        }

        return false;
    }

    private bool IsDoneInstead(CopiedInstruction copied)
    {
        foreach (InstructionProbe probe in _probes)
        {
            if (probe.Instead(copied))
                return true;
        }

        return false;
    }

    private void EndOfStatement(Instruction? by)
    {
        foreach (InstructionProbe probe in _probes)
            probe.EndOfStatement(by);
    }

    private void AfterThrow(int start, int end)
    {
        foreach (InstructionProbe probe in _probes)
            probe.AfterThrow(start, end);
    }

    /// <summary>The end event is written behind the guarded part, so a return leaves it with the result in a local.</summary>
    private void CopyReturn()
    {
        Returns = true;
        if (Result != null)
            _context.Code.StoreLocal(Result);
        _context.Code.Emit(OpCodes.Leave, Return);
    }

    private void CopyPlain(CopiedInstruction copied)
    {
        foreach (Instruction prefix in copied.Prefixes)
        {
            if (prefix.OpCode.Code == Code.Tail && MustComeBack(copied.Instruction))
                GaveUpTailCall = true;
            else
                _context.Code.Add(InstructionCopy.Of(prefix));
        }

        Instruction copy = _context.Code.Add(InstructionCopy.Of(copied.Instruction));
        if (copy.Operand is Instruction or Instruction[])
            _branches.Add(copy);
    }

    /// <summary>Whether something is written behind a tail call, where only its return may stand.</summary>
    private bool MustComeBack(Instruction call) => _context.Plan.Traced || _probes.Any(probe => probe.WritesAfter(call));

    private void Line(int line, bool isSeen)
    {
        _context.Line = line;
        if (!isSeen)
            return;
        _context.Code.LoadLocal(_context.Recorder);
        _context.Code.LoadInteger(line);
        _context.Code.Emit(OpCodes.Stfld, _context.Module.Runtime.Line);
    }

    /// <summary>A guarded region begins with an empty stack only, so that what lies there is put into locals meanwhile.</summary>
    private void BeginGuardedBehindChain()
    {
        IReadOnlyList<TypeReference?> stack = ConstructorStack.BehindCall(_context.Original, _body.Chain!.CallIndex);
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
        GuardedFrom = _context.Code.Emit(OpCodes.Nop);
        _body.MayUseThis = true;
        foreach (InstructionProbe probe in _probes)
            probe.Begin();
    }

    /// <summary>Leads the copy of a branch to the copies of its targets.</summary>
    private void Retarget(Instruction branch) => branch.Operand = branch.Operand is Instruction[] targets
        ? targets.Select(target => _first[target]).ToArray()
        : _first[(Instruction)branch.Operand];
}
