using System.Collections.Generic;
using System.Linq;
using Mono.Cecil;
using Mono.Cecil.Cil;

namespace ObjWatch.Weaver.Weaving;

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
/// While the method is not traced the only cost is the test of its gate, one byte; what the JIT then compiles of the original has no filter, no try and
/// no probe in it. Both bodies stand in one method so that stack traces, MethodBase.GetCurrentMethod and recursion stay what they were.
/// </remarks>
internal sealed class MethodWeaver
{
    private readonly MethodContext _context;
    private readonly ConstructorChain? _chain;
    private readonly TracedCopy _copy;
    private readonly Instruction _original;
    private readonly List<ExceptionHandler> _handlers = new();
    private readonly List<SequencePoint> _hidden = new();

    /// <summary>Prepares to weave.</summary>
    /// <param name="context">The method.</param>
    /// <param name="siteOfConstructor">The method site of a constructor woven with this one, or <see langword="null"/>.</param>
    public MethodWeaver(MethodContext context, System.Func<MethodReference, int?> siteOfConstructor)
    {
        _context = context;
        _original = context.Method.Body.Instructions[0];
        _chain = context.IsClassConstructor ? ConstructorChain.Find(context.Method) : null;
        int? chainedSite = context.Traced && _chain != null ? siteOfConstructor(_chain.Target) : null;
        _copy = new TracedCopy(context, _chain, chainedSite);
    }

    /// <summary>Whether a tail call became a plain one in the traced copy.</summary>
    public bool GaveUpTailCall => _copy.GaveUpTailCall;

    /// <summary>Weaves. The method is changed only at the very end.</summary>
    public void Weave()
    {
        CallProbes.Enter(_context, _chain, _original);
        if (_context.Traced)
            CallProbes.Run(_context);
        _copy.Write();
        Instruction endOfCopy = _context.Traced ? Guard() : _original;
        _handlers.InsertRange(0, _context.Method.Body.ExceptionHandlers.Select(h => HandlerCopy.Of(h, _copy.Targets, endOfCopy)));
        Commit(endOfCopy);
    }

    /// <summary>Writes what stands behind the traced copy: the filter, the fault handler and the way out.</summary>
    /// <returns>The first instruction behind the copy.</returns>
    private Instruction Guard()
    {
        CodeBuilder code = _context.Code;
        Instruction endOfCopy = _copy.GuardedFrom == null ? _copy.Return : GuardWithHandlers(_copy.GuardedFrom);
        if (_copy.Returns)
        {
            code.Add(_copy.Return);
            Hide(_copy.Return);
            CallProbes.End(_context, _copy.Result);
            if (_copy.Result != null)
                code.LoadLocal(_copy.Result);
            code.Emit(OpCodes.Ret);
        }
        else if (endOfCopy == _copy.Return)
        {
            endOfCopy = _original;
        }

        return endOfCopy;
    }

    /// <summary>
    /// A filter notes the exception while its throw looks for a handler (so debuggers still stop at the throw, and crash dumps show it), a fault
    /// block writes the end event while the stack is unwound, after the inner finally blocks.
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
        StateMachineProbes.AfterException(_context);
        code.Emit(OpCodes.Endfinally);
        Instruction fault = code.Instructions[faultIndex];
        Instruction behind = _copy.Returns ? _copy.Return : _original;
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
        if (SiteTableBuilder.FirstSequencePoint(_context.Method) is { } point)
            _hidden.Add(DebugScopes.Hidden(point.Document, instruction));
    }

    private void Commit(Instruction endOfCopy)
    {
        MethodDefinition method = _context.Method;
        Instruction first = _context.Code.Instructions[0];
        DebugScopes.Duplicate(method, first, endOfCopy, _copy.Targets);
        CommitSequencePoints(method, first);
        SteppingInformation.Duplicate(method, _copy.Targets);
        BodyReplacement.Replace(method, _context.Code.Instructions.Concat(method.Body.Instructions), _handlers,
            initLocals: _context.Locals.OriginalCount == 0 || _chain != null);
    }

    /// <summary>The first instruction of a method bears its first line: other tools rely on it.</summary>
    private void CommitSequencePoints(MethodDefinition method, Instruction first)
    {
        if (!method.DebugInformation.HasSequencePoints)
            return;
        Mono.Collections.Generic.Collection<SequencePoint> points = method.DebugInformation.SequencePoints;
        SequencePoint[] originals = points.ToArray();
        points.Clear();
        points.Add(DebugScopes.Copy(SiteTableBuilder.FirstSequencePoint(originals) ?? originals[0], first));
        foreach (SequencePoint point in _copy.SequencePoints.Concat(_hidden).Concat(originals))
            points.Add(point);
    }
}
