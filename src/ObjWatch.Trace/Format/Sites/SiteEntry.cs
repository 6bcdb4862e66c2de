using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>One place in the woven code that may record an event.</summary>
/// <param name="Kind">Which probe stands there.</param>
/// <param name="Method">Index of the method that holds the site.</param>
/// <param name="Member">Index of the member, or -1 for a method site.</param>
/// <param name="Line">Source line (one-based) of the statement, or 0 where there are no symbols.</param>
[EditorBrowsable(EditorBrowsableState.Never)]
public readonly record struct SiteEntry(SiteKind Kind, int Method, int Member, int Line);
