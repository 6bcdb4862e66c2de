using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;

namespace ObjWatch.Survival.Tests;

/// <summary>What the tests of process deaths share: a folder, and the count of what is in a trace.</summary>
internal abstract class SurvivalFixture
{
    protected string Folder { get; private set; } = "";

    protected string Trace => Path.Combine(Folder, "run.objtrace");

    [SetUp]
    public void CreateFolder() => Folder = Directory.CreateTempSubdirectory("objwatch-survival-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Folder, recursive: true);

    /// <summary>Checks that the trace has, of each thread, every event from the first to at least the one it says it has got past, and no other.</summary>
    /// <param name="path">The trace.</param>
    /// <param name="reported">What the threads said.</param>
    protected static PlainTrace AssertNothingLost(string path, int[] reported)
    {
        PlainTrace trace = PlainTrace.Read(path);
        Assert.Multiple(() =>
        {
            Assert.That(trace.Problems, Is.Empty);
            for (int slot = 0; slot < reported.Length; slot++)
            {
                NumberedEvents found = trace.Of(slot);
                Assert.That(found.Gaps, Is.Empty, $"worker {slot}");
                Assert.That(found.Last, Is.GreaterThanOrEqualTo(reported[slot]), $"worker {slot}");
                Assert.That(found.Count, Is.EqualTo(found.Last), $"worker {slot}");
            }
        });
        return trace;
    }

    /// <summary>Runs the command <c>objwatch</c>.</summary>
    protected static (int ExitCode, string Output, string Error) ObjWatch(params string[] arguments)
    {
        using Process process = StartObjWatch(arguments);
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output, error.Result);
    }

    /// <summary>Starts the command <c>objwatch</c>.</summary>
    protected static Process StartObjWatch(params string[] arguments)
    {
        var start = new ProcessStartInfo("env") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in new[]
        {
            "--default-signal=INT,TERM", Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet",
            Path.Combine(TestContext.CurrentContext.TestDirectory, "objwatch.dll"),
        }.Concat(arguments))
        {
            start.ArgumentList.Add(argument);
        }

        return Process.Start(start)!;
    }
}
