using System;

namespace DistributedTraining;

/// <summary>The processes that train together, each of which holds the whole network.</summary>
internal interface IProcessGroup : IDisposable
{
    /// <summary>What connects the processes, for a person to read.</summary>
    string Name { get; }

    /// <summary>This process's number, from 0 on.</summary>
    int Rank { get; }

    /// <summary>How many processes there are.</summary>
    int Size { get; }

    /// <summary>Gives every process what rank 0 has.</summary>
    void Broadcast(Span<float> values);

    /// <summary>Gives every process the sums over all processes, element by element.</summary>
    void Sum(Span<double> values);
}
