using System;
using System.Collections.Generic;
using ObjWatch.Ranks;
using ObjWatch.Recording;

namespace ObjWatch;

/// <summary>The rank providers that the option <see cref="TracerOptions.Framework"/> may name, besides <c>env</c> and <c>mpi</c>.</summary>
public static class RankProviders
{
    private static readonly object _gate = new();
    private static readonly List<IRankProvider> _registered = [];

    /// <summary>Makes a provider known by its name. With the framework <c>auto</c> it is asked as well. A session that runs takes it up at once.</summary>
    /// <param name="provider">The provider; one of the same name is replaced.</param>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is null.</exception>
    /// <exception cref="ArgumentException">Its name is empty or belongs to a framework that is built in.</exception>
    public static void Register(IRankProvider provider)
    {
        string name = (provider ?? throw new ArgumentNullException(nameof(provider))).Name;
        if (string.IsNullOrWhiteSpace(name) || Framework.IsBuiltIn(name))
            throw new ArgumentException($"The name '{name}' is empty or built in.", nameof(provider));
        using (new Hold(_gate))
        {
            _registered.RemoveAll(other => Framework.Same(other.Name, name));
            _registered.Add(provider);
        }

        RecordingSession.Current?.Ranks.Registered(provider);
    }

    /// <summary>The registered providers, oldest first.</summary>
    internal static IRankProvider[] All()
    {
        using (new Hold(_gate))
            return _registered.ToArray();
    }
}
