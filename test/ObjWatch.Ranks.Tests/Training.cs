using System;
using System.Buffers.Binary;
using System.Diagnostics;
using System.IO;
using System.Linq;
using System.Reflection;
using System.Text.RegularExpressions;
using System.Threading.Tasks;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Ranks.Tests;

/// <summary>samples/DistributedTraining, as it was built and woven.</summary>
internal static class Training
{
    private const string Name = "DistributedTraining";
    private const int SomeSteps = 100_000;

    // docs/trace-format.md
    private const int ProcessIdOffset = 40;

    /// <summary>As the compiler made it.</summary>
    public static string Plain { get; } =
        typeof(Training).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(data => data.Key == Name).Value!;

    /// <summary>Weaves it in a folder of its own, which only has links to the native libraries.</summary>
    /// <returns>The program.</returns>
    public static string Weave(string folder)
    {
        foreach (string file in Directory.GetFiles(Path.GetDirectoryName(Plain)!))
        {
            string name = Path.GetFileName(file);
            if (name.StartsWith(Name, StringComparison.Ordinal))
                File.Copy(file, Path.Combine(folder, name));
            else
                File.CreateSymbolicLink(Path.Combine(folder, name), file);
        }

        string program = Path.Combine(folder, Name + ".dll");
        ProcessResult weave = ProgramRunner.Run(
            Job.Program("ObjWatch.Tool", "objwatch-weave.dll"),
            [program, "--no-deploy", "--wrapper", "ObjWatch.TorchSharp.TensorShapeWrapper, ObjWatch.TorchSharp"]);
        Assert.That(weave.ExitCode, Is.Zero, weave.Error + weave.Output);
        return program;
    }

    /// <summary>What each rank says of the weights it ends with.</summary>
    public static string[] Weights(ProcessResult run)
    {
        Assert.That(run.ExitCode, Is.Zero, run.Error);
        return [.. Regex.Matches(run.Output, "weights ([0-9a-f]{16})").Select(match => match.Groups[1].Value)];
    }

    /// <summary>Waits until a rank has trained for some steps, by the length of its text.</summary>
    public static void WaitForTrace(Job job, int rank, Task until)
    {
        var text = new FileInfo(Path.Combine(job.Folder, $"train.rank{rank}.objwatch"));
        Waiting.Until(() =>
        {
            text.Refresh();
            return until.IsCompleted || (text.Exists && text.Length > SomeSteps);
        });
    }

    /// <summary>Kills a rank that has trained for some steps.</summary>
    public static void KillAmid(Job job, int rank, Task until)
    {
        WaitForTrace(job, rank, until);
        using var trace =
            new FileStream(Path.Combine(job.Folder, $"train.rank{rank}.objtrace"), FileMode.Open, FileAccess.Read, FileShare.ReadWrite
                | FileShare.Delete);
        var header = new byte[ProcessIdOffset + sizeof(int)];
        trace.ReadExactly(header);
        using var process = Process.GetProcessById(BinaryPrimitives.ReadInt32LittleEndian(header.AsSpan(ProcessIdOffset)));
        process.Kill();
    }
}
