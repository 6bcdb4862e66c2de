using System;

namespace ObjWatch.Tool.Deploying;

/// <summary>An assembly that the runtime library needs.</summary>
/// <param name="Path">The copy that comes with the tool.</param>
/// <param name="Version">The least version that will do: what the runtime library was compiled against.</param>
internal sealed record Requirement(string Path, Version Version);
