using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Testing.Formats;

namespace ObjWatch.Parity.Tests;

/// <summary>A program that is ended from outside or by itself leaves a whole document: tests/test_output_exit.py.</summary>
public sealed class ExitTests : ParityFixture
{
    private const string Source = """
        App.Work.Run(args.Length > 0);

        namespace App
        {
            public static class Work
            {
                public static void Run(bool wait)
                {
                    Prepare(3);
                    if (!wait)
                        Environment.Exit(1);
                    Console.WriteLine("ready");
                    System.Threading.Thread.Sleep(System.Threading.Timeout.Infinite);
                }

                private static int Prepare(int n)
                {
                    return n + 1;
                }
            }
        }
        """;

    private const int Hangup = 1;
    private const int Interrupt = 2;
    private const int Terminate = 15;

    private static readonly string[] _events =
        ["run App.Work.Run <- 'wait':", "  run App.Work.Prepare <- 'n':3", "  end App.Work.Prepare -> 4"];

    [Test]
    public void Exit_within_a_call()
    {
        Run(Source, "App:Work", environment: ("OBJWATCH_OUTPUT", "App.json"));
        Assert.That(ExitCode, Is.EqualTo(1));
        AssertWhole();
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "It has no such signals.")]
    public void Signals([Values(Hangup, Interrupt, Terminate)] int signal)
    {
        var environment = new Dictionary<string, string?> { ["OBJWATCH_OUTPUT"] = "App.json" };
        using Process process =
            ProgramRunner.Start(Weave(Source, "App:Work"), ["wait"], environment, Path.GetDirectoryName(PathOf("App.json")));
        Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("ready"));
        process.Signal(signal);
        Assert.That(process.Finish().ExitCode, Is.Not.Zero);
        AssertWhole();
    }

    private void AssertWhole()
    {
        var lines = new List<string>();
        using FileStream json = File.OpenRead(PathOf("App.json"));
        JsonTrace.Read(json, line => lines.Add(line[6..]));
        Assert.That(lines, Has.Count.GreaterThanOrEqualTo(3));
        Assert.That(lines.Zip(_events).Select(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal)), Has.All.True,
            string.Join("\n", lines));
    }
}
