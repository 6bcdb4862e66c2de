using ObjWatch.Trace.Format;

namespace ObjWatch.Weaver.Planning;

/// <summary>A field whose stores are reported.</summary>
/// <param name="Member">Index of its entry among the members.</param>
/// <param name="Kind">Where its state lives.</param>
internal sealed record WatchedField(int Member, MemberKind Kind);
