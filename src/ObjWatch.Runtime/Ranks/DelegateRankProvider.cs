using System;

namespace ObjWatch;

/// <summary>A rank provider made of functions, for frameworks that come with functions of their own.</summary>
public sealed class DelegateRankProvider : IRankProvider
{
    private readonly Func<bool> _isInitialized;
    private readonly Func<int> _rank;
    private readonly Func<int> _size;
    private readonly Func<TimeSpan, bool>? _barrier;

    /// <summary>Makes one. Only <paramref name="isInitialized"/> is called until it returns <see langword="true"/>.</summary>
    /// <param name="name">The name for <see cref="TracerOptions.Framework"/>.</param>
    /// <param name="isInitialized">Whether the framework can be asked. Asked at every event until then.</param>
    /// <param name="rank">The process's number, from 0.</param>
    /// <param name="size">The number of processes, or 0 where it is unknown.</param>
    /// <param name="barrier">Waits at most so long until all ranks have called it, and says whether they have. Without one, start does not
    /// synchronise the ranks.</param>
    /// <exception cref="ArgumentNullException">One of the first four is null.</exception>
    public DelegateRankProvider(string name, Func<bool> isInitialized, Func<int> rank, Func<int> size, Func<TimeSpan, bool>? barrier = null)
    {
        Name = name ?? throw new ArgumentNullException(nameof(name));
        _isInitialized = isInitialized ?? throw new ArgumentNullException(nameof(isInitialized));
        _rank = rank ?? throw new ArgumentNullException(nameof(rank));
        _size = size ?? throw new ArgumentNullException(nameof(size));
        _barrier = barrier;
    }

    /// <inheritdoc/>
    public string Name { get; }

    /// <summary>Whether there is a barrier to call.</summary>
    internal bool HasBarrier => _barrier != null;

    /// <inheritdoc/>
    public bool TryGetRank(out RankInfo rank)
    {
        bool known = _isInitialized();
        rank = known ? new RankInfo(_rank(), _size()) : default;
        return known;
    }

    /// <inheritdoc/>
    public bool Barrier(TimeSpan timeout) => _barrier?.Invoke(timeout) ?? false;
}
