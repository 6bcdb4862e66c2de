using ObjWatch.Trace.Rendering;

namespace ObjWatch.Sessions;

/// <summary>A file that is rendered from the trace.</summary>
/// <param name="Path">Its full path.</param>
/// <param name="Format">Its form.</param>
internal sealed record RenderedFile(string Path, RenderFormat Format);
