using System.Runtime.Versioning;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Ranks.Tests;

/// <summary>A woven program as two tasks of a Slurm step.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
internal sealed class SlurmTests
{
    [Test]
    public void Srun_tells_the_rank()
    {
        using var cluster = new SlurmCluster();
        using var job = new Job();
        ProcessResult run = cluster.Run(Job.RankProgram, ["work"], job.Folder, "OBJWATCH_OUTPUT=run.objwatch OBJWATCH_RANKS=all");

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(job.Files, Is.EquivalentTo(["run.rank0.objwatch", "run.rank1.objwatch"]));
        Assert.That(job.Prefixes("run.rank1.objwatch"), Is.EqualTo("17 [#1]"));
    }
}
