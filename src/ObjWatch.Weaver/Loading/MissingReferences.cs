using System.Collections.Generic;
using Mono.Cecil;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Weaver.Loading;

/// <summary>
/// What has been asked for and not found. Cecil asks from the depth of whatever it is doing and does not say for whom, so that whoever had
/// it do something says afterwards whom that concerns.
/// </summary>
internal sealed class MissingReferences
{
    private readonly List<(string Name, string Referrer)> _open = new();
    private readonly string _assemblyPath;

    /// <summary>Nothing is missing yet.</summary>
    /// <param name="assemblyPath">The assembly to weave: what a missing reference is reported against.</param>
    public MissingReferences(string assemblyPath) => _assemblyPath = assemblyPath;

    /// <summary>An assembly was not found.</summary>
    /// <param name="name">Its full name.</param>
    /// <param name="referrer">The file that refers to it.</param>
    public void Add(string name, string referrer) => _open.Add((name, referrer));

    /// <summary>What has been missed since somebody last said whom it concerns, one method needs: it is left as it is.</summary>
    public void Concern(MethodDefinition method, Obstacles obstacles)
    {
        foreach ((string name, _) in _open)
            obstacles.NeedsMissing(method, name);
        _open.Clear();
    }

    /// <summary>What has been missed since somebody last said whom it concerns, the assembly needs: it cannot be woven.</summary>
    public void ConcernAssembly(DiagnosticSink sink)
    {
        foreach ((string name, string referrer) in _open)
            sink.Add(Codes.MissingReference.About(_assemblyPath, name, referrer));
        _open.Clear();
    }
}
