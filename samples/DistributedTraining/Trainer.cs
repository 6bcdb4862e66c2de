using System;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace DistributedTraining;

/// <summary>Trains a model on all ranks at once: each takes its part of every batch, and all take the same step, by the average of their gradients.</summary>
public sealed class Trainer
{
    private const int BatchSize = 64;

    private readonly DigitClassifier _model;
    private readonly Digits _digits;
    private readonly CrossEntropyLoss _measure = CrossEntropyLoss();
    private SGD _optimizer;

    /// <summary>Makes one. The ranks begin with the weights of the first.</summary>
    public Trainer(DigitClassifier model, Digits digits)
    {
        _model = model;
        _digits = digits;
        BroadcastWeights();
        _optimizer = NewOptimizer();
    }

    /// <summary>How many steps have been taken.</summary>
    public int Steps { get; private set; }

    /// <summary>How wrong the model was in the last step, on this rank's part of the batch.</summary>
    public float Loss { get; private set; }

    /// <summary>Takes one step.</summary>
    public void Step()
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor images, Tensor labels) = NextPart();
        _optimizer.zero_grad();
        Tensor loss = _measure.call(_model.call(images), labels);
        loss.backward();
        AverageGradients();
        _optimizer.step();
        Loss = loss.item<float>();
        Steps++;
    }

    /// <summary>Gives the model a finer bias, and goes on training with it.</summary>
    public void RefineBias()
    {
        _model.RefineBias();
        _optimizer = NewOptimizer();
    }

    /// <summary>One number that tells different weights apart.</summary>
    public double WeightNorm()
    {
        using DisposeScope scope = NewDisposeScope();
        double sum = 0;
        foreach (Parameter parameter in _model.parameters())
            sum += parameter.detach().to(ScalarType.Float64).square().sum().item<double>();
        return Math.Sqrt(sum);
    }

    // The storage of a tensor on the processor, without a copy.
    private static Span<float> Numbers(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);

    private (Tensor Images, Tensor Labels) NextPart()
    {
        // The whole batch is the same however many ranks there are.
        int part = BatchSize / Mpi.Size;
        long first = (long)Steps * BatchSize % _digits.Labels.size(0) + Mpi.Rank * part;
        return (_digits.Images.narrow(0, first, part), _digits.Labels.narrow(0, first, part));
    }

    private void BroadcastWeights()
    {
        foreach (Parameter parameter in _model.parameters())
            Mpi.Broadcast(Numbers(parameter));
    }

    private void AverageGradients()
    {
        using IDisposable untracked = no_grad();
        foreach (Parameter parameter in _model.parameters())
        {
            Tensor gradient = parameter.grad!;
            Mpi.Sum(Numbers(gradient));
            gradient.div_(Mpi.Size);
        }
    }

    private SGD NewOptimizer() => optim.SGD(_model.parameters(), 0.1, momentum: 0.9);
}
