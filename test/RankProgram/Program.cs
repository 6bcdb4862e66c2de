using System;
using System.Diagnostics;
using System.Globalization;
using System.Threading.Tasks;
using DistributedTraining;
using ObjWatch;

namespace RankProgram;

/// <summary>
/// A distributed program that does what its arguments say, one after the other: <c>init</c> and <c>finish</c> (MPI), <c>work</c>
/// (15 events), <c>start</c> and <c>stop</c> (tracing), <c>sum</c> (over all ranks), <c>wait</c> (for a line on standard input),
/// <c>work-on</c> (until standard input has something or ends), <c>kill</c> (itself). With <c>:1</c> behind it only rank 1 does it.
/// </summary>
internal static class Program
{
    private const int Calls = 5;

    private static readonly Counter _counter = new();
    private static MpiProcessGroup? _group;

    private static int Main(string[] steps)
    {
        foreach (string step in steps)
        {
            string[] parts = step.Split(':');
            if (parts.Length == 1 || parts[1] == Rank)
                Do(parts[0]);
        }

        return 0;
    }

    private static string Rank =>
        _group?.Rank.ToString(CultureInfo.InvariantCulture) ?? Environment.GetEnvironmentVariable("RANK") ?? "";

    private static void Do(string step)
    {
        switch (step)
        {
            case "init":
                _group = new MpiProcessGroup(MpiLibrary.OfLauncher() ?? throw new InvalidOperationException("no launcher"));
                break;
            case "finish":
                _group!.Dispose();
                break;
            case "work":
                for (int i = 0; i < Calls; i++)
                    _counter.Next();
                break;
            case "start":
                Tracer.Start();
                break;
            case "stop":
                Tracer.Stop();
                break;
            case "sum":
                double[] ones = [1];
                _group!.Sum(ones);
                Console.WriteLine($"sum {ones[0]}");
                break;
            case "wait":
                Console.WriteLine("ready");
                Console.ReadLine();
                break;
            case "work-on":
                Task<int> input = Console.OpenStandardInput().ReadAsync(new byte[1], 0, 1);
                while (!input.Wait(millisecondsTimeout: 1))
                    _counter.Next();
                break;
            case "kill":
                Process.GetCurrentProcess().Kill();
                break;
            default:
                throw new ArgumentException($"There is no step '{step}'.");
        }
    }
}
