using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Emitting.Symbols;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Bodies;

/// <summary>Gives one method its second body.</summary>
/// <remarks>
/// The woven method reads:
/// <code>
/// if (!gate || (recorder = Probe.Enter(site)) == null) goto original;
/// run
/// try { try { traced copy } filter (note the exception; false) } fault { end with the exception }
/// end; return
/// original: what the compiler wrote, untouched
/// </code>
/// While the method is not traced the only cost is the test of its gate, one byte; what the JIT then compiles of the original has no
/// filter, no try and no probe in it. Both bodies stand in one method so that stack traces, MethodBase.GetCurrentMethod and recursion stay
/// what they were. Where the copy has a method of its own (<see cref="BodyPlacement"/>), that method says instead of the original that it
/// has done nothing.
/// </remarks>
internal sealed class MethodEmitter
{
    private readonly MethodContext _context;
    private readonly BodyContext _body;
    private readonly TracedCopy _copy;
    private readonly Instruction _untraced;
    private readonly List<ExceptionHandler> _handlers = new();
    private readonly List<SequencePoint> _hidden = new();

    private MethodEmitter(BodyContext body, TracedCopy copy, Instruction untraced)
    {
        _context = body.Method;
        _body = body;
        _copy = copy;
        _untraced = untraced;
    }

    /// <summary>Gives a method its second body. The method is changed only at the very end.</summary>
    /// <returns>Whether a tail call became a plain one in the traced copy.</returns>
    public static bool Emit(BodyContext body)
    {
        MethodContext context = body.Method;
        Instruction untraced = context.IsSeparate ? Instruction.Create(OpCodes.Nop) : context.Original.Body.Instructions[0];
        CallProbes.Enter(context, body.Chain, untraced);
        if (context.Plan.Traced)
            CallProbes.Run(context);
        TracedCopy copy = TracedCopy.Write(body);
        new MethodEmitter(body, copy, untraced).Finish();
        return copy.GaveUpTailCall;
    }

    private void Finish()
    {
        Instruction endOfCopy = _context.Plan.Traced ? Guard() : Close(_untraced);
        if (_context.IsSeparate)
        {
            _context.Code.Add(_untraced);
            SeparateReturn.Decline(_context);
        }

        _handlers.InsertRange(0, _context.Original.Body.ExceptionHandlers.Select(h => HandlerCopy.Of(h, _copy.Targets, endOfCopy)));
        Commit(endOfCopy);
    }

    /// <summary>Writes what stands behind the traced copy: the filter, the fault handler and the way out.</summary>
    /// <returns>The first instruction behind the copy.</returns>
    private Instruction Guard() => Close(_copy.GuardedFrom == null ? _untraced : GuardWithHandlers(_copy.GuardedFrom));

    /// <summary>Writes the way out, where returns lead to one.</summary>
    /// <param name="endOfCopy">What stands behind the copy if that is nothing of the way out.</param>
    /// <returns>The first instruction behind the copy.</returns>
    private Instruction Close(Instruction endOfCopy)
    {
        if (!_copy.Returns)
            return endOfCopy;
        _context.Code.Add(_copy.Return);
        Hide(_copy.Return);
        if (_context.Plan.Traced)
            CallProbes.End(_context, _copy.Result);
        SeparateReturn.Return(_context, _copy.Result);
        return endOfCopy == _untraced ? _copy.Return : endOfCopy;
    }

    /// <summary>
    /// A filter notes the exception while its throw looks for a handler (so debuggers still stop at the throw, and crash dumps show it), a
    /// fault block writes the end event while the stack is unwound, after the inner finally blocks.
    /// </summary>
    private Instruction GuardWithHandlers(Instruction from)
    {
        CodeBuilder code = _context.Code;
        VariableDefinition exception = _context.Locals.New(_context.Module.Module.TypeSystem.Object);
        Instruction filter = code.StoreLocal(exception);
        code.LoadInteger(0);
        code.Emit(OpCodes.Endfilter);
        Instruction handler = code.Emit(OpCodes.Pop); // never reached: the filter says no
        code.Emit(OpCodes.Rethrow);
        int faultIndex = code.Count;
        _copy.LookAfterThrow(exception);
        CallProbes.EndException(_context, exception);
        StateMachineCalls.AfterException(_context);
        code.Emit(OpCodes.Endfinally);
        Instruction fault = code.Instructions[faultIndex];
        Instruction behind = _copy.Returns ? _copy.Return : _untraced;
        Hide(filter);
        _handlers.Add(new ExceptionHandler(ExceptionHandlerType.Filter)
        {
            TryStart = from, TryEnd = filter, FilterStart = filter, HandlerStart = handler, HandlerEnd = fault,
        });
        _handlers.Add(new ExceptionHandler(ExceptionHandlerType.Fault)
        {
            TryStart = from, TryEnd = fault, HandlerStart = fault, HandlerEnd = behind,
        });
        return filter;
    }

    private void Hide(Instruction instruction)
    {
        if (SourceLines.First(_context.Original) is { } point)
            _hidden.Add(DebugScopes.Hidden(point.Document, instruction));
    }

    private void Commit(Instruction endOfCopy)
    {
        MethodDefinition method = _context.Host;
        Instruction first = _context.Code.Instructions[0];
        bool initLocals = _context.Locals.OriginalCount == 0 || _body.Chain != null;
        if (_context.IsSeparate)
        {
            method.DebugInformation.Scope = DebugScopes.CopyOf(_context.Original, method.Body, _copy.Targets, endOfCopy);
            CommitSequencePoints(_context.Original.DebugInformation.SequencePoints, first);
            BodyReplacement.Replace(method, _context.Code.Instructions, [], _handlers, initLocals);
            return;
        }

        DebugScopes.Duplicate(method, first, endOfCopy, _copy.Targets);
        SequencePoint[] originals = method.DebugInformation.SequencePoints.ToArray();
        method.DebugInformation.SequencePoints.Clear();
        CommitSequencePoints(originals, first);
        foreach (SequencePoint point in originals)
            method.DebugInformation.SequencePoints.Add(point);
        SteppingInformation.Duplicate(method, _copy.Targets);
        BodyReplacement.Replace(method, _context.Code.Instructions, method.Body.Instructions, _handlers, initLocals);
    }

    /// <summary>The first instruction of a method bears its first line: other tools rely on it.</summary>
    private void CommitSequencePoints(IList<SequencePoint> originals, Instruction first)
    {
        if (originals.Count == 0)
            return;
        Mono.Collections.Generic.Collection<SequencePoint> points = _context.Host.DebugInformation.SequencePoints;
        points.Add(DebugScopes.Copy(SourceLines.First(originals) ?? originals[0], first));
        foreach (SequencePoint point in _copy.SequencePoints.Concat(_hidden))
            points.Add(point);
    }
}
