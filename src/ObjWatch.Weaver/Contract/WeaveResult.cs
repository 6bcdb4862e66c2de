using System.Collections.Generic;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver;

/// <summary>What became of a request.</summary>
public enum WeaveOutcome
{
    /// <summary>The woven assembly was written.</summary>
    Woven,

    /// <summary>The assembly was already woven with the same version and options; nothing was written.</summary>
    AlreadyWoven,

    /// <summary>The assembly is loaded by builds (<see cref="WeaveRequest.LeaveBuildComponents"/>); nothing was written.</summary>
    LeftToBuilds,

    /// <summary>There is an error among the diagnostics; nothing was written.</summary>
    Failed,
}

/// <summary>The result of weaving one assembly.</summary>
/// <param name="Outcome">What became of it.</param>
/// <param name="Diagnostics">What there is to say, in the order found.</param>
/// <param name="Methods">Every method with a body, in metadata order, and what was done with it.</param>
public sealed record WeaveResult(
    WeaveOutcome Outcome, IReadOnlyList<Diagnostic> Diagnostics, IReadOnlyList<MethodReport> Methods);

/// <summary>What was done with a method.</summary>
/// <param name="Method">The method: <c>Ns.Type.Method(int, string)</c>.</param>
/// <param name="Woven">Whether probes were put in.</param>
/// <param name="Reason">What was woven, or why nothing was: a short code such as <c>traced</c>, <c>stores</c>, <c>not-selected</c>,
/// <c>trivial-accessor</c>; docs/diagnostics.md lists them.</param>
public sealed record MethodReport(string Method, bool Woven, string Reason);
