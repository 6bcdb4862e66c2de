using System;

namespace DistributedTraining;

/// <summary>One process that trains alone: what it has is what every process has.</summary>
internal sealed class SingleProcess : IProcessGroup
{
    public string Name => "no MPI";

    public int Rank => 0;

    public int Size => 1;

    public void Broadcast(Span<float> values)
    {
    }

    public void Sum(Span<double> values)
    {
    }

    public void Dispose()
    {
    }
}
