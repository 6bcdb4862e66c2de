using System;

namespace DistributedTraining;

/// <summary>The processes that <c>mpirun</c> has started.</summary>
internal sealed class MpiProcessGroup : IProcessGroup
{
    private readonly MpiLibrary _library;

    public MpiProcessGroup(MpiLibrary library)
    {
        _library = library;
        _library.Initialize();
        Rank = _library.Rank();
        Size = _library.Size();
    }

    public string Name => _library.Name;

    public int Rank { get; }

    public int Size { get; }

    public void Broadcast(Span<float> values) => _library.Broadcast(values);

    public void Sum(Span<double> values) => _library.Sum(values);

    public void Dispose() => _library.Finish();
}
