using System;
using System.Security.Cryptography;
using System.Runtime.InteropServices;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace DistributedTraining;

/// <summary>
/// Data-parallel training: all processes begin with the weights of rank 0, each computes the gradients of its share of every batch, and all
/// step with the mean of all of them. A batch always has the same eight shards, dealt to the ranks in turn, and gradients are summed in
/// double precision, where the order of a sum of floats does not show: so the weights are the same, bit for bit, whatever the number of
/// processes.
/// </summary>
internal sealed class Trainer : IDisposable
{
    private const int ShardsInBatch = 8;
    private const int ImagesInShard = 16;
    private const int FirstTestShard = 1_000_000_000;
    private const int TestImages = 500;

    private readonly IProcessGroup _group;
    private readonly DigitNetwork _network;
    private int _classes = DigitImages.Classes / 2;
    private Adam? _optimizer;
    private double[] _gradients = [];

    public Trainer(IProcessGroup group)
    {
        _group = group;
        _network = new DigitNetwork(_classes);
        ShareWeights();
    }

    /// <summary>The mean loss over the last batch.</summary>
    public double Loss { get; private set; }

    /// <summary>Learns the first five digits for half of the steps, then all ten.</summary>
    public void Train(int steps)
    {
        for (int step = 0; step < steps; step++)
        {
            if (step == steps / 2)
            {
                _classes = DigitImages.Classes;
                _network.Widen(_classes);
                ShareWeights();
            }

            Step(step);
        }
    }

    /// <summary>The part of new pictures that the network reads rightly, 0 to 1.</summary>
    public double Accuracy()
    {
        using IDisposable untracked = no_grad();
        using DisposeScope scope = NewDisposeScope();
        (Tensor images, Tensor labels) = DigitImages.Draw(FirstTestShard, TestImages, _classes);
        return _network.call(images).argmax(1).eq(labels).sum().item<long>() / (double)TestImages;
    }

    /// <summary>A number that differs when a bit of any weight differs.</summary>
    public string Checksum()
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (Parameter parameter in _network.parameters())
            hash.AppendData(parameter.bytes);
        return Convert.ToHexStringLower(hash.GetHashAndReset().AsSpan(0, 8));
    }

    public void Dispose()
    {
        _optimizer?.Dispose();
        _network.Dispose();
    }

    // A network whose parameters were replaced needs another optimizer: the old one goes on with the old ones.
    private void ShareWeights()
    {
        int weights = 0;
        foreach (Parameter parameter in _network.parameters())
        {
            _group.Broadcast(Floats(parameter));
            weights += (int)parameter.numel();
        }

        _gradients = new double[weights + 1];
        _optimizer?.Dispose();
        _optimizer = optim.Adam(_network.parameters(), lr: 0.005);
    }

    private void Step(int step)
    {
        Array.Clear(_gradients);
        for (int shard = _group.Rank; shard < ShardsInBatch; shard += _group.Size)
            AddGradients(step * ShardsInBatch + shard);
        _group.Sum(_gradients);
        Loss = _gradients[^1] / ShardsInBatch;
        SetGradients();
        _optimizer!.step();
    }

    private void AddGradients(int number)
    {
        using DisposeScope scope = NewDisposeScope();
        (Tensor images, Tensor labels) = DigitImages.Draw(number, ImagesInShard, _classes);
        _optimizer!.zero_grad();
        Tensor loss = nn.functional.cross_entropy(_network.call(images), labels);
        loss.backward();

        int i = 0;
        foreach (Parameter parameter in _network.parameters())
        {
            foreach (float value in Floats(parameter.grad!))
                _gradients[i++] += value;
        }

        _gradients[i] += loss.item<float>();
    }

    private void SetGradients()
    {
        using DisposeScope scope = NewDisposeScope();
        int i = 0;
        foreach (Parameter parameter in _network.parameters())
        {
            foreach (ref float value in Floats(parameter.grad!))
                value = (float)(_gradients[i++] / ShardsInBatch);
        }
    }

    private static Span<float> Floats(Tensor tensor) => MemoryMarshal.Cast<byte, float>(tensor.bytes);
}
