namespace ObjWatch.Weaver;

/// <summary>What was done with a method.</summary>
/// <param name="Method">The method: <c>Ns.Type.Method(int, string)</c>.</param>
/// <param name="Woven">Whether probes were put in.</param>
/// <param name="Reason">What was woven, or why nothing was: a short code such as <c>traced</c>, <c>stores</c>, <c>not-selected</c>,
/// <c>trivial-accessor</c>; docs/diagnostics.md lists them.</param>
public sealed record MethodReport(string Method, bool Woven, string Reason);
