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
        // Says that a call starts, suspends or ends a state machine. That ends the statement: behind such a call another thread may have
        // gone on, and nothing of the method may be looked at. So it writes where no other does, and stands first because it decides that.
        StateMachineProbe.Kind,

        // Reads what is at an address right before its use and right behind. Where that use is the call of the next constructor, the
        // address is read before the call is announced and compared before the object is shown: a store that the call did comes before what
        // follows from it.
        AddressProbe.Kind,
        ConstructorProbe.Kind,

        // They write instead of their instruction, each for instructions of its own. What they have reported those below and above are told
        // when the instruction is done (CopiedInstruction.StoredField, StoredLocal).
        FieldStoreProbe.Kind,
        LocalStoreProbe.Kind,

        // They look at the end of a statement, and so the trace names what one statement has changed in this order, which the golden traces
        // hold: locals through addresses (above), collections of the object, of the method, of all; at last the fields that anybody else
        // may have stored to, because what the statement did itself comes first.
        CollectionProbe.Kind,
        LocalCollectionProbe.Kind,
        StaticCollectionProbe.Kind,
        RereadProbe.Kind,
    ];

    /// <summary>The probes of a body that is planned to have them.</summary>
    public static InstructionProbe[] For(BodyContext body) =>
        InOrder.Where(kind => body.Method.Plan.Probes.Contains(kind)).Select(kind => kind.Create(body)).ToArray();
}
