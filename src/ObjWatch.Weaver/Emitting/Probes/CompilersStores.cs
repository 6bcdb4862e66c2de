using Mono.Cecil.Cil;
using ObjWatch.Trace.Format;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting.Probes;

/// <summary>
/// Tells the stores to variables that stand nowhere in the source: the compiler moves arguments into closures and state machines, and
/// clears their fields when variables go out of scope.
/// </summary>
internal sealed class CompilersStores
{
    private readonly MethodContext _context;
    private Instruction? _statement;
    private bool _storesNothing;
    private bool _isPrologue;

    public CompilersStores(MethodContext context)
    {
        _context = context;
        _storesNothing = _isPrologue = context.Original.DebugInformation.SequencePoints.Count > 0;
    }

    /// <summary>A statement begins, or code that belongs to none.</summary>
    public void Begin(SequencePoint point, Instruction first)
    {
        _statement = first;
        _storesNothing = point.IsHidden || IsBrace(point);
        _isPrologue &= point.IsHidden;
    }

    /// <summary>Whether the store, or the address that is stored through, is one of these.</summary>
    public bool Contains(WatchedField watched, Instruction instruction) => watched.Kind == MemberKind.Local
        && (_isPrologue || _context.Part == StateMachinePart.KickOff
            || (Clears(instruction) && (_storesNothing || IsBehindStatement(instruction))));

    /// <summary>Where a block ends the compiler clears what the state machine keeps of its variables. No store of the source has but one
    /// character.</summary>
    private static bool IsBrace(SequencePoint point) => point.StartLine == point.EndLine && point.EndColumn == point.StartColumn + 1;

    private static bool Clears(Instruction instruction) => instruction.OpCode.Code == Code.Ldflda
        ? instruction.Next?.OpCode.Code == Code.Initobj
        : instruction.Previous?.OpCode.Code == Code.Ldnull;

    /// <summary>A loop's only statement has no brace behind it, so the loop's variable is cleared under the statement itself, which began
    /// before that.</summary>
    private bool IsBehindStatement(Instruction instruction)
    {
        Instruction? start = instruction.OpCode.Code == Code.Ldflda ? instruction.Previous : instruction.Previous?.Previous;
        return _context.Part != StateMachinePart.None && start?.OpCode.Code == Code.Ldarg_0 && start != _statement;
    }
}
