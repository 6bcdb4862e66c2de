using System;
using System.Collections.Generic;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Ranks.Tests;

/// <summary>Starts a program as several processes.</summary>
/// <param name="Name">For people.</param>
/// <param name="Program">The command.</param>
/// <param name="Package">The Debian package that brings it.</param>
/// <param name="Arguments">Its arguments in front of the number of processes.</param>
/// <param name="GoOnWithout">Its arguments for a job that goes on when a process is killed; null where it ends the others all the
/// same.</param>
internal sealed record Launcher(string Name, string Program, string Package, string[] Arguments, string[]? GoOnWithout)
{
    public static readonly Launcher OpenMpi = new("Open MPI", "mpirun.openmpi", "openmpi-bin", ["--oversubscribe"], ["--enable-recovery"]);

    public static readonly Launcher Mpich = new("MPICH", "mpirun.mpich", "mpich", [], null);

    /// <summary>What makes a launcher work in a container, as root, on few processors.</summary>
    private static readonly Dictionary<string, string?> _environment = new()
    {
        ["OMPI_ALLOW_RUN_AS_ROOT"] = "1",
        ["OMPI_ALLOW_RUN_AS_ROOT_CONFIRM"] = "1",
        ["OMPI_MCA_mpi_yield_when_idle"] = "1",
        ["OMP_NUM_THREADS"] = "1",
        ["TERM"] = "dumb",
        // UCX, which Debian's MPICH brings, seems to write over the code of mmap and munmap while other threads run it: 10 of 650 jobs
        // crashed, and none of 330 without.
        ["UCX_MEM_MMAP_HOOK_MODE"] = "none",
    };

    /// <summary>Where the launcher is not installed, the test is ignored.</summary>
    public void Require()
    {
        if (ProgramRunner.Find(Program) is null)
            Assert.Ignore($"{Name} is not installed (apt-get install {Package})");
    }

    /// <summary>Runs a .NET program as two processes or more. Where the launcher is not installed, the test is ignored.</summary>
    public ProcessResult Run(string assembly, string[] arguments, string folder, string variables = "", bool goOnWithout = false,
        int processes = 2)
    {
        Require();
        return ProgramRunner.RunProcess(
            ProgramRunner.Find(Program)!,
            [.. Arguments, .. goOnWithout ? GoOnWithout ?? [] : [], "-np", $"{processes}", Framework.Host, assembly, .. arguments],
            Variables(variables), folder);
    }

    /// <summary>The environment with more variables, written as <c>NAME=value</c> with spaces between them.</summary>
    public static Dictionary<string, string?> Variables(string variables)
    {
        var environment = new Dictionary<string, string?>(_environment);
        foreach (string[] pair in variables.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(pair => pair.Split('=', 2)))
            environment[pair[0]] = pair[1];
        return environment;
    }

    public override string ToString() => Name;
}
