using TorchSharp;
using static TorchSharp.torch;

namespace DistributedTraining;

/// <summary>Generated images of ten digits: eight by eight, a prototype for each digit and noise. The same in every process.</summary>
public sealed class Digits
{
    private const int Pixels = 64;
    private const int Classes = 10;

    /// <summary>Makes them.</summary>
    public Digits(int count)
    {
        using DisposeScope scope = NewDisposeScope();
        using var random = new Generator(7, CPU);
        Tensor prototypes = rand([Classes, Pixels], generator: random);
        Labels = randint(0, Classes, [count], dtype: ScalarType.Int64, generator: random).MoveToOuterDisposeScope();
        Tensor noise = randn([count, Pixels], generator: random) / 4;
        Images = (prototypes.index_select(0, Labels) + noise).clamp(0, 1).reshape(-1, 1, 8, 8).MoveToOuterDisposeScope();
    }

    /// <summary>The images, each one channel of eight by eight.</summary>
    public Tensor Images { get; }

    /// <summary>The digits they show.</summary>
    public Tensor Labels { get; }
}
