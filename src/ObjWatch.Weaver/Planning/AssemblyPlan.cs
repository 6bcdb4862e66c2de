using System.Collections.Generic;
using ObjWatch.Weaver.Metadata;

namespace ObjWatch.Weaver.Planning;

/// <summary>What is to be done with an assembly. Nothing of the assembly has been changed yet.</summary>
/// <param name="Methods">The plan of each method with a body, in metadata order.</param>
/// <param name="Members">Which fields are watched.</param>
/// <param name="Escaped">Which fields somebody keeps the address of.</param>
/// <param name="Initializer">What runs first of all in the module.</param>
/// <param name="Shapes">How values are handed to probes.</param>
internal sealed record AssemblyPlan(
    IReadOnlyList<MethodPlan> Methods, WatchedMembers Members, EscapedAddresses Escaped, ModuleInitializer Initializer, TypeShapes Shapes);
