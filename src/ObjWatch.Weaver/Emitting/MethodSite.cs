namespace ObjWatch.Weaver.Emitting;

/// <summary>How the table of sites knows a method.</summary>
/// <param name="Method">The method's number.</param>
/// <param name="Site">The site of its run and end.</param>
internal sealed record MethodSite(int Method, int Site);
