using System;
using System.Linq;

namespace ObjWatch.Testing;

/// <summary>The environment variables that must not decide what a test sees: those that the developer, the build or the test runner has
/// set, and those of the launcher of a job in which the tests happen to run.</summary>
public static class ForeignVariables
{
    private static readonly string[] _prefixes =
    [
        "OBJWATCH", "MSBUILD", "VSTEST", "TESTINGPLATFORM", "DOTNET_CLI_", "DOTNET_HOST_PATH",
        "OMPI_", "MV2_", "PMI_", "PMIX_", "MPI_LOCAL", "SLURM_", "FLUX_",
    ];

    private static readonly string[] _names = ["RANK", "WORLD_SIZE", "LOCAL_RANK", "JOB_COMPLETION_INDEX"];

    /// <summary>Removes them from the environment of this process, for tests that trace in it.</summary>
    public static void Remove()
    {
        foreach (string name in Environment.GetEnvironmentVariables().Keys.Cast<string>().Where(Contain).ToList())
            Environment.SetEnvironmentVariable(name, null);
    }

    /// <summary>Whether a variable is one of them.</summary>
    public static bool Contain(string name) =>
        _names.Contains(name, StringComparer.OrdinalIgnoreCase)
        || _prefixes.Any(prefix => name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase));
}
