using System.Collections.Generic;
using Mono.Cecil;

namespace ObjWatch.Weaver.Emitting;

/// <summary>What has been done to an assembly in memory.</summary>
/// <param name="Reports">A report on every method with a body, in metadata order.</param>
/// <param name="Woven">The methods that were woven, each with the one that holds its probes.</param>
internal sealed record EmittedAssembly(
    IReadOnlyList<MethodReport> Reports, IReadOnlyList<(MethodDefinition Original, MethodDefinition Host)> Woven);
