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

    private static readonly string[] _events = ["run App.Work.Run <- 'wait':", "  run App.Work.Prepare <- 'n':3", "  end App.Work.Prepare -> 4"];

    [Test]
    public void Exit_within_a_call()
    {
        Run(Source, "App:Work", environment: ("OBJWATCH_OUTPUT", "App.json"));
        Assert.That(ExitCode, Is.EqualTo(1));
        AssertWhole();
    }

    [Test]
    [Platform(Exclude = "Win", Reason = "It has no such signals.")]
    public void Signals([Values("TERM", "INT", "HUP")] string signal)
    {
        // A shell's background job ignores SIGINT, and so would its children.
        string[] command =
        [
            .. OperatingSystem.IsLinux() ? ["env", "--default-signal=HUP,INT,TERM"] : Array.Empty<string>(),
            Framework.Host, Weave(Source, "App:Work"), "wait",
        ];
        var start = new ProcessStartInfo(command[0], command[1..])
        {
            WorkingDirectory = Path.GetDirectoryName(PathOf("App.json")), RedirectStandardOutput = true, RedirectStandardError = true,
        };
        start.Environment["OBJWATCH_OUTPUT"] = "App.json";
        using Process process = Process.Start(start)!;
        Assert.That(process.StandardOutput.ReadLine(), Is.EqualTo("ready"));
        using (Process kill = Process.Start("/bin/sh", ["-c", $"kill -{signal} {process.Id}"]))
            kill.WaitForExit();
        using var limit = new System.Threading.Timer(_ => process.Kill(), null, TimeSpan.FromMinutes(3), System.Threading.Timeout.InfiniteTimeSpan);
        process.StandardError.ReadToEnd();
        process.WaitForExit();
        Assert.That(process.ExitCode, Is.Not.Zero);
        AssertWhole();
    }

    private void AssertWhole()
    {
        var lines = new List<string>();
        using FileStream json = File.OpenRead(PathOf("App.json"));
        JsonTrace.Read(json, line => lines.Add(line[6..]));
        Assert.That(lines, Has.Count.GreaterThanOrEqualTo(3));
        Assert.That(lines.Zip(_events).Select(pair => pair.First.StartsWith(pair.Second, StringComparison.Ordinal)), Has.All.True, string.Join("\n", lines));
    }
}
