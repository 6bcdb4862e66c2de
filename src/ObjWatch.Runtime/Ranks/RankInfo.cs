using System;

namespace ObjWatch;

/// <summary>Which process of how many.</summary>
public readonly struct RankInfo : IEquatable<RankInfo>
{
    /// <summary>Makes one.</summary>
    /// <param name="rank">The process's number, from 0.</param>
    /// <param name="size">The number of processes; 0: unknown.</param>
    /// <param name="localRank">The process's number on its machine, from 0; -1: unknown.</param>
    /// <exception cref="ArgumentOutOfRangeException">A number is negative, or the rank is not below the size.</exception>
    public RankInfo(int rank, int size = 0, int localRank = -1)
    {
        if (size < 0)
            throw new ArgumentOutOfRangeException(nameof(size), size, "A size is 0 (unknown) or more.");
        if (rank < 0 || (size > 0 && rank >= size))
            throw new ArgumentOutOfRangeException(nameof(rank), rank, "A rank is 0 or more, and below the size.");
        if (localRank < -1)
            throw new ArgumentOutOfRangeException(nameof(localRank), localRank, "A local rank is -1 (unknown) or more.");
        Rank = rank;
        Size = size;
        LocalRank = localRank;
    }

    /// <summary>The process's number, from 0.</summary>
    public int Rank { get; }

    /// <summary>The number of processes; 0: unknown.</summary>
    public int Size { get; }

    /// <summary>The process's number on its machine, from 0; -1: unknown.</summary>
    public int LocalRank { get; }

    /// <summary>Whether two say the same.</summary>
    public static bool operator ==(RankInfo left, RankInfo right) => left.Equals(right);

    /// <summary>Whether two differ.</summary>
    public static bool operator !=(RankInfo left, RankInfo right) => !left.Equals(right);

    /// <inheritdoc/>
    public bool Equals(RankInfo other) => Rank == other.Rank && Size == other.Size && LocalRank == other.LocalRank;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is RankInfo other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => (Rank * 397) ^ Size;

    /// <summary>For example <c>3 of 8</c>, or <c>3</c> where the size is unknown.</summary>
    public override string ToString() =>
        Size == 0 ? FormattableString.Invariant($"{Rank}") : FormattableString.Invariant($"{Rank} of {Size}");
}
