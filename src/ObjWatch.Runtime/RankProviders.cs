using System;
using ObjWatch.Ranks;
using ObjWatch.Sessions;

namespace ObjWatch;

/// <summary>The rank providers that the option <see cref="TracerOptions.Framework"/> may name, besides <c>env</c> and <c>mpi</c>.</summary>
public static class RankProviders
{
    /// <summary>Makes a provider known by its name. With the framework <c>auto</c> it is asked as well. A session that runs takes it up at
    /// once.</summary>
    /// <param name="provider">The provider; one of the same name is replaced.</param>
    /// <exception cref="ArgumentNullException"><paramref name="provider"/> is null.</exception>
    /// <exception cref="ArgumentException">Its name is empty or belongs to a framework that is built in.</exception>
    public static void Register(IRankProvider provider)
    {
        RankRegistry.Add(provider ?? throw new ArgumentNullException(nameof(provider)));
        SessionControl.OfProcess.Registered(provider);
    }
}
