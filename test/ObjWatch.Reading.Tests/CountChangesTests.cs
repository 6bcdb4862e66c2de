using System;
using System.IO;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Reading.Tests;

/// <summary>The sample that shows how a program reads traces.</summary>
[TestFixture]
internal sealed class CountChangesTests
{
    [Test]
    public void The_sample_counts_the_changes_of_a_member_and_shows_the_last_ones()
    {
        TraceBuilder trace = Sample.Trace();
        StreamBuilder thread = trace.Thread(1).Run(Sample.Increment, 100, 0, 0, Value.Object(7, Sample.CounterType));
        for (int i = 0; i < 5; i++)
            thread.Update(Sample.ValueStore, 7, Value.Int(i), Value.Int(i + 1)).Update(Sample.TotalStore, 0, Value.Int(i), Value.Int(-i));
        string path = Path.Combine(Path.GetTempPath(), Guid.NewGuid().ToString("N") + ".objtrace");
        File.WriteAllBytes(path, trace.Build());
        try
        {
            ProcessResult result =
                ProgramRunner.Run(Path.Combine(TestContext.CurrentContext.TestDirectory, "CountChanges.dll"), [path, "Counter.Value"]);
            Assert.That(result.Error, Is.Empty);
            Assert.That(
                result.Output.ReplaceLineEndings("\n"),
                Is.EqualTo(
                    "Counter.Value changed 5 times, last:\n" +
                    "  @1:6 in Sample.Counter.Increment, line 15: 2 -> 3\n" +
                    "  @1:8 in Sample.Counter.Increment, line 15: 3 -> 4\n" +
                    "  @1:10 in Sample.Counter.Increment, line 15: 4 -> 5\n"));
        }
        finally
        {
            File.Delete(path);
        }
    }
}
