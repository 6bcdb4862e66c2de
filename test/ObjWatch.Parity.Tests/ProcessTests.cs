using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Parity.Tests;

/// <summary>Eight processes of which two are traced: tests/test_multiprocessing_handls.py with <c>indexes=[0, 4]</c>.</summary>
/// <remarks>The original counts the processes that Python's <c>multiprocessing</c> has started. .NET has nothing like it; here the
/// launcher's variables tell the rank.</remarks>
public sealed class ProcessTests : ParityFixture
{
    private const int Processes = 8;

    private const string Source = """
        App.Worker.Calculate(int.Parse(Environment.GetEnvironmentVariable("RANK")));

        namespace App
        {
            public static class Worker
            {
                public static int Calculate(int pid)
                {
                    int total = pid * 1000;
                    for (int step = 0; step < 3; step++)
                        total += Increment(pid, step);
                    return total;
                }

                private static int Increment(int pid, int step)
                {
                    return (pid + 1) * (step + 1);
                }
            }
        }
        """;

    [Test]
    public void Only_the_listed_processes_are_traced()
    {
        string assembly = Weave(Source, "App:Worker");
        for (int rank = 0; rank < Processes; rank++)
        {
            var environment = new Dictionary<string, string?>
            {
                ["RANK"] = rank.ToString(CultureInfo.InvariantCulture),
                ["WORLD_SIZE"] = Processes.ToString(CultureInfo.InvariantCulture),
                ["OBJWATCH_RANKS"] = "0,4",
            };
            ProcessResult run = ProgramRunner.Run(assembly, workingDirectory: Path.GetDirectoryName(assembly)!, environment: environment);
            Assert.That(run.ExitCode, Is.Zero, run.Error);
        }

        string[] traces = Directory.GetFiles(Path.GetDirectoryName(assembly)!, "*.objwatch").Select(path => Path.GetFileName(path))
            .Order(StringComparer.Ordinal).ToArray();
        Assert.That(traces, Is.EqualTo(new[] { "App.rank0.objwatch", "App.rank4.objwatch" }));
        Assert.That(Events(0), Is.EqualTo(Expected(0, 6)));
        Assert.That(Events(4), Is.EqualTo(Expected(4, 4030)));
    }

    private string[] Events(int rank)
    {
        string prefix = $"[#{rank}] ";
        string[] lines = File.ReadAllLines(PathOf($"App.rank{rank}.objwatch"))
            .Where(line => line.StartsWith("[#", StringComparison.Ordinal)).ToArray();
        Assert.That(lines, Has.All.StartsWith(prefix));
        return Array.ConvertAll(lines, line => line[(prefix.Length + 6)..]);
    }

    private static string[] Expected(int pid, int total) =>
    [
        $"run App.Worker.Calculate <- 'pid':{pid}",
        .. Enumerable.Range(0, 3).SelectMany(step => new[]
        {
            $"  run App.Worker.Increment <- 'pid':{pid}, 'step':{step}",
            $"  end App.Worker.Increment -> {(pid + 1) * (step + 1)}",
        }),
        $"end App.Worker.Calculate -> {total}",
    ];
}
