using System;
using System.Globalization;
using ObjWatch.Diagnostics;

namespace ObjWatch.Ranks;

/// <summary>
/// The rank as launchers tell it: in environment variables, rank and size always from the same one. docs/ranks.md has the table with where
/// each is documented.
/// </summary>
internal static class EnvironmentRank
{
    /// <summary>The variable in which Hydra, the launcher of MPICH and its relatives, says the rank.</summary>
    public const string HydraRank = "PMI_RANK";

    private static readonly Row _own = new("OBJWATCH_RANK", "OBJWATCH_WORLD_SIZE", "OBJWATCH_LOCAL_RANK", SizeRequired: false);

    private static readonly Row[] _launchers =
    [
        new("RANK", "WORLD_SIZE", "LOCAL_RANK"),
        new("OMPI_COMM_WORLD_RANK", "OMPI_COMM_WORLD_SIZE", "OMPI_COMM_WORLD_LOCAL_RANK"),
        new("MV2_COMM_WORLD_RANK", "MV2_COMM_WORLD_SIZE", "MV2_COMM_WORLD_LOCAL_RANK"),
        new(HydraRank, "PMI_SIZE", "MPI_LOCALRANKID"),
        // Without a step this is a batch script, where the number is 0 everywhere.
        new("SLURM_PROCID", "SLURM_STEP_NUM_TASKS", "SLURM_LOCALID", Condition: "SLURM_STEP_ID"),
        new("FLUX_TASK_RANK", "FLUX_JOB_SIZE", "FLUX_TASK_LOCAL_ID"),
        new("JOB_COMPLETION_INDEX", null, null, SizeRequired: false),
    ];

    /// <summary>Whether a variable is one of ObjWatch's own that tell the rank.</summary>
    public static bool IsOwn(string name) => name == _own.Rank || name == _own.Size || name == _own.LocalRank;

    /// <summary>What the variables of ObjWatch itself say: they win over everything. What is malformed is told.</summary>
    public static KnownRank? Own(Func<string, string?> variable)
    {
        KnownRank? known = _own.Read(variable);
        string? text = variable(_own.Rank);
        if (known == null && !string.IsNullOrWhiteSpace(text))
        {
            StandardError.Say(
                $"warning OBJW1140: {_own.Rank}='{text}' is ignored: "
                + $"a rank is a number from 0 on, and below {_own.Size} where that is set");
        }

        return known;
    }

    /// <summary>What a launcher's variables say; of several launchers the first one in the table.</summary>
    public static KnownRank? OfLauncher(Func<string, string?> variable)
    {
        foreach (Row row in _launchers)
        {
            if (row.Read(variable) is { } known)
                return known;
        }

        return null;
    }

    /// <summary>The variables of one launcher.</summary>
    private sealed record Row(string Rank, string? Size, string? LocalRank, string? Condition = null, bool SizeRequired = true)
    {
        public KnownRank? Read(Func<string, string?> variable)
        {
            if (Condition != null && string.IsNullOrEmpty(variable(Condition)))
                return null;
            if (Number(variable, Rank) is not { } rank)
                return null;
            bool sizeGiven = Size != null && !string.IsNullOrWhiteSpace(variable(Size));
            int? size = Number(variable, Size);
            if (size == null ? SizeRequired || sizeGiven : rank >= size)
                return null;
            return new KnownRank(new RankInfo(rank, size ?? 0, Number(variable, LocalRank) ?? -1), Rank);
        }

        private static int? Number(Func<string, string?> variable, string? name) =>
            name != null && int.TryParse(variable(name)?.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int number)
                ? number
                : null;
    }
}
