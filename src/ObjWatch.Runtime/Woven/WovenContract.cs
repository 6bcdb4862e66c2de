using System.ComponentModel;

namespace ObjWatch.Woven;

/// <summary>What woven code and the runtime library have agreed on: the types and members of the namespace <c>ObjWatch.Woven</c>, and in
/// which order woven code calls them.</summary>
/// <remarks>
/// The weaver is compiled against these types and knows them by <c>nameof</c>, so that a name that is gone is an error of its compiler.
/// What cannot be seen there, such as another order of calls, makes another version. These three stay in every version, so that a library
/// of any other can say that it is another: <see cref="TracingGate.Open"/>, <see cref="Probe.Register"/> and <see cref="Probe.Gates"/>.
/// </remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public static class WovenContract
{
    /// <summary>Its version, which woven code carries.</summary>
    public const int Version = 1;
}
