using System;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DistributedTraining;

/// <summary>A small convolutional network whose last layer can be widened while it learns.</summary>
internal sealed class DigitNetwork : nn.Module<Tensor, Tensor>
{
    private const int Features = 48;

    private readonly Conv2d _strokes;
    private readonly Conv2d _shapes;
    private readonly Linear _features;
    private Parameter _outputWeight;
    private Parameter _outputBias;

    public DigitNetwork(int classes)
        : base(nameof(DigitNetwork))
    {
        _strokes = nn.Conv2d(1, 8, 3, padding: 1);
        _shapes = nn.Conv2d(8, 16, 3, padding: 1);
        _features = nn.Linear(16 * (DigitImages.Edge / 4) * (DigitImages.Edge / 4), Features);
        _outputWeight = new Parameter(randn(classes, Features) * 0.1);
        _outputBias = new Parameter(zeros(classes));
        RegisterComponents();
    }

    public override Tensor forward(Tensor input)
    {
        using DisposeScope scope = NewDisposeScope();
        Tensor hidden = nn.functional.max_pool2d(nn.functional.relu(_strokes.call(input)), 2);
        hidden = nn.functional.max_pool2d(nn.functional.relu(_shapes.call(hidden)), 2);
        hidden = nn.functional.relu(_features.call(hidden.flatten(1)));
        return nn.functional.linear(hidden, _outputWeight, _outputBias).MoveToOuterDisposeScope();
    }

    /// <summary>Replaces the last layer by one that also knows other digits: what was learned stays, the new rows begin at
    /// random.</summary>
    /// <param name="classes">How many digits it knows from now on; more than before.</param>
    public void Widen(int classes)
    {
        using IDisposable untracked = no_grad();
        using DisposeScope scope = NewDisposeScope();
        long more = classes - _outputBias.size(0);
        Parameter weight = _outputWeight;
        Parameter bias = _outputBias;

        _outputWeight = new Parameter(cat([weight, randn(more, Features) * 0.1]));
        _outputBias = new Parameter(cat([bias, zeros(more)]));

        ConditionallyRegisterParameter(nameof(_outputWeight), _outputWeight);
        ConditionallyRegisterParameter(nameof(_outputBias), _outputBias);
        scope.Detach(_outputWeight, _outputBias);
        weight.Dispose();
        bias.Dispose();
    }
}
