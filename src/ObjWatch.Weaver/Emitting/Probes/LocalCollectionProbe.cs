using System.Collections.Generic;
using System.Linq;
using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Emitting.Bodies;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>Looks at the lengths of the collections in local variables wherever a statement may have changed them: in the method's own, in
/// those that a state machine keeps, and in those that lambdas capture.</summary>
internal sealed class LocalCollectionProbe : InstructionProbe
{
    private readonly IReadOnlyList<CollectionVariable> _variables;
    private int _offset;
    private bool _pending;

    private LocalCollectionProbe(BodyContext body, IReadOnlyList<CollectionVariable> variables)
        : base(body) => _variables = variables;

    /// <summary>Where local variables are traced and there is a line at which to report.</summary>
    public static ProbeKind Kind { get; } = new(
        "local collections",
        (plan, request) => request.Locals && plan.KeepsLine,
        body => new LocalCollectionProbe(body, CollectionVariables.Of(body)));

    public override void After(CopiedInstruction copied)
    {
        if (!copied.IsPlain)
            return;
        _offset = copied.Instruction.Offset;
        _pending |= _variables.Count > 0 && copied.Instruction.OpCode.FlowControl == FlowControl.Call;
    }

    public override void EndOfStatement(Instruction? by)
    {
        if (!_pending)
            return;
        _pending = false;
        foreach (CollectionVariable variable in _variables.Where(v => v.IsAt(_offset)))
            Look(variable);
    }

    private void Look(CollectionVariable variable)
    {
        Instruction skip = Instruction.Create(OpCodes.Nop);
        if (variable.Holder != null)
        {
            variable.Holder(Output);
            Output.Emit(OpCodes.Brfalse, skip); // the closure has yet to be made
        }

        Context.LoadRecorderAndSite(Context.AddSite(SiteKind.Length, variable.Member));
        Output.LoadSite(Context.Module.FirstSite, variable.Key);
        variable.Load(Output);
        Output.Call(Context.Module.Runtime.Method(nameof(Probe.CollectionLength)));
        Output.Add(skip);
    }
}
