using System.Collections.Generic;
using System.Linq;
using ObjWatch.Weaver.Emitting.Bodies;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>All kinds of probes, in the order in which they write where several write at the same place.</summary>
/// <remarks>Run and end are none of these: they stand around the whole copy (<see cref="CallProbes"/>).</remarks>
internal static class ProbeList
{
    /// <summary>The kinds, in their order.</summary>
    public static IReadOnlyList<ProbeKind> InOrder { get; } =
    [
        // Says that a call suspends, starts or ends a state machine, and so ends its statement: nothing of the method may be looked at
        // behind it.
        StateMachineProbe.Kind,

        // Reads what is at an address right before it is used, which is before the next constructor is announced, and again right behind:
        // there a constructor's object is told afterwards. At the end of a statement the locals whose address is kept come first: they are
        // the statement's own.
        AddressProbe.Kind,

        // Before the stores, which would read an old value: until the base constructor has run, an object may only be stored into.
        ConstructorProbe.Kind,

        // They write instead of their instructions, whose operands lie on the stack: nothing that writes before an instruction may come
        // behind them.
        FieldStoreProbe.Kind,
        LocalStoreProbe.Kind,

        // They look at the end of a statement, and so the trace names what one statement has changed in this order: of the object, of the
        // method, of all. Static collections come behind the stores: what has just been stored is what the rest of the statement adds to.
        CollectionProbe.Kind,
        LocalCollectionProbe.Kind,
        StaticCollectionProbe.Kind,

        // At last: what others have reported they have told the runtime, and it is not reported again.
        RereadProbe.Kind,
    ];

    /// <summary>The probes of a body that is planned to have them.</summary>
    public static InstructionProbe[] For(BodyContext body) =>
        InOrder.Where(kind => body.Method.Plan.Probes.Contains(kind)).Select(kind => kind.Create(body)).ToArray();
}
