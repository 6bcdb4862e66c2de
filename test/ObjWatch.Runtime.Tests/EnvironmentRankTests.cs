using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Ranks;

namespace ObjWatch.Runtime.Tests;

/// <summary>Ranks in the variables of launchers.</summary>
public sealed class EnvironmentRankTests
{
    [TestCase("RANK=1 WORLD_SIZE=4 LOCAL_RANK=1", "RANK", 1, 4, 1)]
    [TestCase("OMPI_COMM_WORLD_RANK=3 OMPI_COMM_WORLD_SIZE=4 OMPI_COMM_WORLD_LOCAL_RANK=1", "OMPI_COMM_WORLD_RANK", 3, 4, 1)]
    [TestCase("MV2_COMM_WORLD_RANK=0 MV2_COMM_WORLD_SIZE=2 MV2_COMM_WORLD_LOCAL_RANK=0", "MV2_COMM_WORLD_RANK", 0, 2, 0)]
    [TestCase("PMI_RANK=1 PMI_SIZE=2 MPI_LOCALRANKID=1", "PMI_RANK", 1, 2, 1)]
    [TestCase("SLURM_PROCID=5 SLURM_STEP_NUM_TASKS=8 SLURM_LOCALID=1 SLURM_STEP_ID=0", "SLURM_PROCID", 5, 8, 1)]
    [TestCase("FLUX_TASK_RANK=2 FLUX_JOB_SIZE=3", "FLUX_TASK_RANK", 2, 3, -1)]
    [TestCase("JOB_COMPLETION_INDEX=7", "JOB_COMPLETION_INDEX", 7, 0, -1)]
    [TestCase("OMPI_COMM_WORLD_RANK=3 OMPI_COMM_WORLD_SIZE=4 RANK=1 WORLD_SIZE=2", "RANK", 1, 2, -1)]
    [TestCase("PMI_RANK=1 PMI_SIZE=2 SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=1 SLURM_STEP_ID=0", "PMI_RANK", 1, 2, -1)]
    [TestCase("RANK=1 OMPI_COMM_WORLD_RANK=0 OMPI_COMM_WORLD_SIZE=1", "OMPI_COMM_WORLD_RANK", 0, 1, -1)]
    [TestCase("RANK=4 WORLD_SIZE=4 PMI_RANK=1 PMI_SIZE=2", "PMI_RANK", 1, 2, -1)]
    public void The_rank_is_that_of_the_first_launcher_that_tells_rank_and_size(string variables, string source, int rank, int size,
        int local)
    {
        KnownRank? known = EnvironmentRank.OfLauncher(Lookup(variables));

        Assert.That(known, Is.EqualTo(new KnownRank(new RankInfo(rank, size, local), source)));
    }

    [TestCase("")]
    [TestCase("RANK=1")]
    [TestCase("RANK=1 OMPI_COMM_WORLD_SIZE=2")]
    [TestCase("RANK=2 WORLD_SIZE=2")]
    [TestCase("RANK=-1 WORLD_SIZE=2")]
    [TestCase("RANK=one WORLD_SIZE=2")]
    [TestCase("SLURM_PROCID=0 SLURM_STEP_NUM_TASKS=2")]
    [TestCase("JOB_COMPLETION_INDEX=x")]
    public void Half_a_launcher_tells_no_rank(string variables) => Assert.That(EnvironmentRank.OfLauncher(Lookup(variables)), Is.Null);

    [TestCase("OBJWATCH_RANK=3", 3, 0)]
    [TestCase("OBJWATCH_RANK=3 OBJWATCH_WORLD_SIZE=4", 3, 4)]
    public void The_variables_of_ObjWatch_need_no_size(string variables, int rank, int size) =>
        Assert.That(EnvironmentRank.Own(Lookup(variables))?.Info, Is.EqualTo(new RankInfo(rank, size)));

    private static Func<string, string?> Lookup(string variables)
    {
        Dictionary<string, string> values = variables.Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(pair => pair.Split('=')).ToDictionary(pair => pair[0], pair => pair[1]);
        return name => values.GetValueOrDefault(name);
    }
}
