using System;

namespace ObjWatch;

/// <summary>
/// Says which process of a distributed program this one is, for frameworks that ObjWatch does not know by itself. Environment variables and
/// MPI need none: see the option <see cref="TracerOptions.Framework"/>.
/// </summary>
/// <remarks>
/// While the rank is unknown, <see cref="TryGetRank"/> is asked at every event, on the thread that makes it, so it should be quick. What it
/// calls is not traced meanwhile. If a member throws, that is told once and the provider is not asked again.
/// </remarks>
public interface IRankProvider
{
    /// <summary>The name by which <see cref="TracerOptions.Framework"/> selects it once it is registered. Any text except <c>auto</c>,
    /// <c>env</c>,
    /// <c>mpi</c> and <c>none</c>; case does not matter.</summary>
    string Name { get; }

    /// <summary>Tells the rank, if the framework is initialised and the calling thread may ask it. Must not initialise it.</summary>
    /// <param name="rank">The rank, where the result is <see langword="true"/>.</param>
    bool TryGetRank(out RankInfo rank);

    /// <summary>Waits until every rank has called it. Called by <c>Tracer.Start</c>, twice, and only after <see cref="TryGetRank"/> has
    /// told the rank on the same thread.</summary>
    /// <param name="timeout">How long to wait for the others.</param>
    /// <returns>Whether all came; <see langword="false"/> too if the framework cannot do this.</returns>
    bool Barrier(TimeSpan timeout);
}
