using System.Diagnostics;
using System.IO;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Survival.Tests;

/// <summary>What the tests of process deaths share: a folder, and the count of what is in a trace.</summary>
internal abstract class SurvivalFixture
{
    private static string Command => Path.Combine(TestContext.CurrentContext.TestDirectory, "objwatch.dll");

    protected string Folder { get; private set; } = "";

    protected string Trace => Path.Combine(Folder, "run.objtrace");

    [SetUp]
    public void CreateFolder() => Folder = Directory.CreateTempSubdirectory("objwatch-survival-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Folder, recursive: true);

    /// <summary>Checks that the trace has, of each thread, every event from the first to at least the one it says it has got past, and no
    /// other.</summary>
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
    protected static ProcessResult ObjWatch(params string[] arguments) => ProgramRunner.Run(Command, arguments);

    /// <summary>Starts the command <c>objwatch</c>.</summary>
    protected static Process StartObjWatch(params string[] arguments) => ProgramRunner.Start(Command, arguments);
}
