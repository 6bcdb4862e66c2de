using ObjWatch.Recording.Sites;

namespace ObjWatch.Recording.Events;

/// <summary>How the calls of a method are filtered in one session.</summary>
/// <param name="Policy">The session's wishes.</param>
/// <param name="Name">The method's qualified name.</param>
/// <param name="Values">The name of each value of a run, <c>this</c> first where there is one.</param>
/// <param name="Types">Their types, as the source names them.</param>
/// <param name="Redacted">Whether each of them is redacted.</param>
/// <param name="RedactedResult">Whether the result is redacted.</param>
internal sealed record CallPlan(
    SitePolicy Policy, string Name, string[] Values, string[] Types, bool[] Redacted, bool RedactedResult)
{
    /// <summary>Whether the end of a call needs more than the usual.</summary>
    public bool HasFilteredEnd => RedactedResult || Policy.Texts != null;
}
