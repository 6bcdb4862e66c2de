using Mono.Cecil;
using ObjWatch.Weaver.Emitting.Probes;
using ObjWatch.Weaver.Emitting.Registering;
using ObjWatch.Weaver.Metadata;
using ObjWatch.Weaver.Planning;

namespace ObjWatch.Weaver.Emitting;

/// <summary>What all of a module's methods share while they are woven.</summary>
/// <param name="Module">The module.</param>
/// <param name="Runtime">The probes.</param>
/// <param name="Sites">What the sites are.</param>
/// <param name="Members">Which fields are watched.</param>
/// <param name="Shapes">How values are handed over.</param>
/// <param name="Escaped">Which addresses outlive the statement that takes them.</param>
/// <param name="Registration">Where the assembly's numbers of sites begin, and which methods are traced.</param>
/// <param name="Request">What was asked for.</param>
internal sealed record ModuleContext(
    ModuleDefinition Module, RuntimeReferences Runtime, SiteTableBuilder Sites, WatchedMembers Members, TypeShapes Shapes,
    EscapedAddresses Escaped, Registration Registration, WeaveRequest Request)
{
    /// <summary>The field that holds the number of the assembly's first site.</summary>
    public FieldReference FirstSite => Registration.First;

    /// <summary>What looks at several collections of an object.</summary>
    public LengthLooks LengthLooks { get; } = new(Module, Runtime, Registration.First);
}
