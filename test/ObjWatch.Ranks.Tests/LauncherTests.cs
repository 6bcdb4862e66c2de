using System;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Threading.Tasks;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Ranks.Tests;

/// <summary>Launchers that say the rank in variables only, or say it wrongly.</summary>
internal sealed class LauncherTests
{
    private Job _job = new();

    [SetUp]
    public void MakeFolder() => _job = new Job();

    [TearDown]
    public void RemoveFolder() => _job.Dispose();

    [Test]
    public void A_process_for_each_rank_as_torchrun_starts_them()
    {
        ProcessResult[] runs = Task.WhenAll(Enumerable.Range(0, 3).Select(rank => Task.Run(() => ProgramRunner.Run(
            Job.RankProgram, ["work"],
            Launcher.Variables($"RANK={rank} WORLD_SIZE=3 LOCAL_RANK={rank} OBJWATCH_OUTPUT=run.objtrace OBJWATCH_RANKS=1-2"),
            _job.Folder)))).Result;

        Assert.That(runs.Select(run => run.ExitCode), Is.All.Zero);
        Assert.That(_job.Files, Is.EquivalentTo(["run.rank1.objtrace", "run.rank2.objtrace"]));
        Assert.That(runs[0].Error, Is.Empty);
        Assert.That(
            _job.ObjWatch("merge", "run.rank*.objtrace").OutputLines.GroupBy(line => line[..4])
            .Select(rank => $"{rank.Count()} {rank.Key}"),
            Is.EquivalentTo(["17 [#1]", "17 [#2]"]));
    }

    [Test]
    public void Beside_a_woven_program_lies_nothing_that_only_weaving_needs() => Assert.That(
        Directory.GetFileSystemEntries(Path.GetDirectoryName(Job.RankProgram)!).Select(Path.GetFileNameWithoutExtension),
        Has.None.Contains("weave").IgnoreCase.And.None.EqualTo("Mono.Cecil").And.None.EqualTo("runtime"));

    [Test]
    public void A_launcher_that_does_not_belong_to_the_MPI_library_is_told()
    {
        Launcher.OpenMpi.Require();
        using Process process = ProgramRunner.Start(
            Job.RankProgram, ["init", "work-on", "finish"],
            Launcher.Variables("OMPI_COMM_WORLD_RANK=1 OMPI_COMM_WORLD_SIZE=2 OBJWATCH_OUTPUT=run.objwatch OBJWATCH_RANKS=all"),
            _job.Folder);
        // It is looked now and then whether MPI has been loaded, and only a program that goes on is told.
        string? told;
        do
            told = process.StandardError.ReadLine();
        while (told?.Contains("OBJW1143", StringComparison.Ordinal) == false);
        ProcessResult run = process.Finish();

        Assert.That(run.ExitCode, Is.Zero, run.Error);
        Assert.That(told, Is.EqualTo(
            "objwatch: warning OBJW1143: the environment (OMPI_COMM_WORLD_RANK) says that this is rank 1 of 2, mpi says 0 of 1; the "
            + "environment's is taken. "
            + "Do the launcher and the MPI library belong together?"));
        Assert.That(run.Error, Does.Not.Contain("OBJW1143"), "it is told once");
        Assert.That(_job.Prefixes("run.rank1.objwatch"), Does.Match(@"^\d+ \[#1\]$"));
    }
}
