using System;

namespace ObjWatch.Tool.Deploying;

/// <summary>An assembly that the runtime library needs.</summary>
/// <param name="Path">The copy that comes with the tool.</param>
/// <param name="Version">What the runtime library was compiled against.</param>
/// <param name="IsExact">Whether only this version will do; a newer one does where not.</param>
internal sealed record Requirement(string Path, Version Version, bool IsExact);
