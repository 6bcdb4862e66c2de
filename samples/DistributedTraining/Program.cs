using System;
using System.Globalization;
using TorchSharp;

namespace DistributedTraining;

/// <summary>
/// Trains a network to read digits, in as many processes as <c>mpirun</c> starts, or in this one. Nothing in it knows of ObjWatch.
/// <c>--steps N</c> says for how many steps (50 when left out). Every process prints what it ends with.
/// </summary>
internal static class Program
{
    private const int DefaultSteps = 50;

    private static int Main(string[] args)
    {
        int steps = DefaultSteps;
        if (args.Length > 0
            && !(args is ["--steps", var number] && int.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out steps)))
        {
            Console.Error.WriteLine("usage: DistributedTraining [--steps N]");
            return 2;
        }

        using IProcessGroup group = MpiLibrary.OfLauncher() is { } library ? new MpiProcessGroup(library) : new SingleProcess();

        // More threads would share out sums in another order, and the processes share the cores anyway.
        torch.set_num_threads(1);

        // Different weights in each process, so that only the broadcast can make them the same.
        torch.manual_seed(1000 + group.Rank);

        using var trainer = new Trainer(group);
        trainer.Train(steps);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"rank {group.Rank} of {group.Size} ({group.Name}): {steps} steps, loss {trainer.Loss:F4}, accuracy {trainer.Accuracy():F3}, "
            + $"weights {trainer.Checksum()}"));
        return 0;
    }
}
