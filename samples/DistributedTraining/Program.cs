using System;
using System.Globalization;
using TorchSharp;

namespace DistributedTraining;

/// <summary>Trains on as many processes as the launcher has started, or on one.</summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        int steps = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 50;
        Mpi.Initialize();
        // The ranks share the machine's processors; and different weights to begin with show that they are broadcast.
        torch.set_num_threads(1);
        torch.random.manual_seed(1 + Mpi.Rank);

        using var model = new DigitClassifier();
        var trainer = new Trainer(model, new Digits(1024));
        while (trainer.Steps < steps)
        {
            if (trainer.Steps == steps / 2)
                trainer.RefineBias();
            trainer.Step();
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"rank {Mpi.Rank} of {Mpi.Size}: {trainer.Steps} steps, loss {trainer.Loss:0.000}, norm of the weights {trainer.WeightNorm():R}"));
        Mpi.Finish();
        return 0;
    }
}
