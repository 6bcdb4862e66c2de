using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Ranks.Tests;

/// <summary>A Slurm cluster of this machine alone, with its own keys and ports, for as long as a test runs.</summary>
[SupportedOSPlatform("linux")]
internal sealed class SlurmCluster : IDisposable
{
    private readonly TemporaryDirectory _state = new();
    private readonly List<Process> _servers = [];

    /// <summary>Starts it. Where Slurm is not installed, or the user may not start it, the test is ignored.</summary>
    public SlurmCluster()
    {
        if (new[] { "munged", "slurmctld", "slurmd", "srun" }.Any(program => ProgramRunner.Find(program) is null))
            Assert.Ignore("Slurm is not installed (apt-get install slurmd slurmctld slurm-client munge)");
        if (Environment.UserName != "root")
            Assert.Ignore("Only root starts a Slurm cluster");
        WriteConfiguration();
        // Munge trusts no folder that others may write to.
        string key = _state["munge.key"];
        File.WriteAllBytes(key, RandomNumberGenerator.GetBytes(1024));
        File.SetUnixFileMode(key, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Serve("munged", "--foreground", "--force", "--key-file", key, "--socket", _state["munge.socket"], "--pid-file", _state["munge.pid"],
            "--log-file", _state["munge.log"], "--seed-file", _state["munge.seed"]);
        Wait("munge", ["--socket", _state["munge.socket"], "--no-input"]);
        Serve("slurmctld", "-D", "-i");
        Serve("slurmd", "-D", "-N", Environment.MachineName);
        Wait("srun", ["-n", "1", "true"]);
    }

    private Dictionary<string, string?> Variables => new() { ["SLURM_CONF"] = _state["slurm.conf"] };

    /// <summary>Runs a .NET program as two tasks.</summary>
    public ProcessResult Run(string assembly, string[] arguments, string folder, string variables)
    {
        Dictionary<string, string?> environment = Launcher.Variables(variables);
        environment["SLURM_CONF"] = _state["slurm.conf"];
        return ProgramRunner.RunProcess(
            ProgramRunner.Find("srun")!, ["-n", "2", "--overcommit", Framework.Host, assembly, .. arguments], environment, folder);
    }

    public void Dispose()
    {
        foreach (Process server in Enumerable.Reverse(_servers))
        {
            server.Kill(entireProcessTree: true);
            server.WaitForExit();
            server.Dispose();
        }

        _state.Dispose();
    }

    private void WriteConfiguration()
    {
        Directory.CreateDirectory(_state["spool"]);
        string[] ports = FreePorts(2);
        string configuration = File.ReadAllText(Path.Combine(TestContext.CurrentContext.TestDirectory, "slurm.conf"))
            .Replace("@NAME@", Environment.MachineName, StringComparison.Ordinal)
            .Replace("@CONTROLLER@", ports[0], StringComparison.Ordinal)
            .Replace("@DAEMON@", ports[1], StringComparison.Ordinal)
            .Replace("@STATE@", _state.Path, StringComparison.Ordinal);
        File.WriteAllText(_state["slurm.conf"], configuration);
    }

    /// <summary>Ports that nobody listens at.</summary>
    private static string[] FreePorts(int count)
    {
        TcpListener[] listeners = [.. Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Any, 0))];
        foreach (TcpListener listener in listeners)
            listener.Start();
        string[] ports = Array.ConvertAll(listeners, listener => $"{((IPEndPoint)listener.LocalEndpoint).Port}");
        foreach (TcpListener listener in listeners)
            listener.Dispose();
        return ports;
    }

    private void Serve(string program, params string[] arguments)
    {
        Process server = ProgramRunner.StartProcess(ProgramRunner.Find(program)!, arguments, Variables, _state.Path);
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        _servers.Add(server);
    }

    /// <summary>Repeats a command until it succeeds.</summary>
    private void Wait(string program, string[] arguments) =>
        Waiting.Until(() => ProgramRunner.RunProcess(ProgramRunner.Find(program)!, arguments, Variables).ExitCode == 0);
}
