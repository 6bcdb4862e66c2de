using System;
using System.Collections.Generic;
using ObjWatch.Threading;

namespace ObjWatch.Ranks;

/// <summary>The rank providers that the program has registered.</summary>
internal static class RankRegistry
{
    private static readonly object _gate = new();
    private static readonly List<IRankProvider> _registered = [];

    /// <summary>Makes a provider known by its name; one of the same name is replaced.</summary>
    /// <exception cref="ArgumentException">The name is empty or belongs to a framework that is built in.</exception>
    public static void Add(IRankProvider provider)
    {
        string name = provider.Name;
        if (string.IsNullOrWhiteSpace(name) || Framework.IsBuiltIn(name))
            throw new ArgumentException($"The name '{name}' is empty or built in.", nameof(provider));
        using (new HeldLock(_gate))
        {
            _registered.RemoveAll(other => Framework.Same(other.Name, name));
            _registered.Add(provider);
        }
    }

    /// <summary>The registered providers, oldest first.</summary>
    public static IRankProvider[] All()
    {
        using (new HeldLock(_gate))
            return _registered.ToArray();
    }
}
