using System.Collections.Generic;
using Mono.Cecil;

namespace ObjWatch.Weaver.Diagnostics;

/// <summary>
/// The methods that cannot be woven, as far as is known. What shows up while a method is woven, or when the result is checked, stands in
/// the way of the next attempt on a fresh copy of the assembly, which leaves that method as it is.
/// </summary>
internal sealed class Obstacles
{
    private readonly Dictionary<MetadataToken, string> _missing = new();
    private readonly Dictionary<MetadataToken, string> _unsound = new();
    private readonly Dictionary<MetadataToken, string> _unreadable = new();

    /// <summary>How many there are.</summary>
    public int Count => _missing.Count + _unsound.Count + _unreadable.Count;

    /// <summary>Whether there is a method whose bytes are no code.</summary>
    public bool AnyUnreadable => _unreadable.Count > 0;

    /// <summary>The method needs an assembly that was not found.</summary>
    public void NeedsMissing(MethodDefinition method, string assemblyName) => _missing[method.MetadataToken] = assemblyName;

    /// <summary>A woven body is not sound.</summary>
    public void IsUnsound(MethodDefinition method, string fault) => _unsound[method.MetadataToken] = fault;

    /// <summary>The method's bytes are no code: once read, Cecil could not write them again.</summary>
    public void IsUnreadable(MethodDefinition method, string fault) => _unreadable[method.MetadataToken] = fault;

    /// <summary>Why the method's body must not be read, or <see langword="null"/>.</summary>
    public string? UnreadableBecause(MethodDefinition method) => Find(_unreadable, method);

    /// <summary>The assembly that the method needs and that was not found, or <see langword="null"/>.</summary>
    public string? MissingFor(MethodDefinition method) => Find(_missing, method);

    /// <summary>What was wrong with the woven method, or <see langword="null"/>.</summary>
    public string? FaultOf(MethodDefinition method) => Find(_unsound, method);

    private static string? Find(Dictionary<MetadataToken, string> obstacles, MethodDefinition method) =>
        obstacles.TryGetValue(method.MetadataToken, out string? what) ? what : null;
}
