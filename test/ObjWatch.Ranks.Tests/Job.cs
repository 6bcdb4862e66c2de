using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Ranks.Tests;

/// <summary>The folder that a job writes its traces to, and how they read.</summary>
internal sealed class Job : IDisposable
{
    private readonly TemporaryDirectory _folder = new();

    /// <summary>The program of the tests.</summary>
    public static string RankProgram => Program("RankProgram", "RankProgram.dll");

    public string Folder => _folder.Path;

    /// <summary>The files that it has left.</summary>
    public IEnumerable<string?> Files => Directory.GetFiles(Folder).Select(Path.GetFileName);

    /// <summary>A file of a program that the build has put beside the tests.</summary>
    public static string Program(string name, string file) =>
        Path.Combine(TestContext.CurrentContext.TestDirectory, "Programs", name, file);

    /// <summary>Runs the test program as two processes.</summary>
    public ProcessResult Run(Launcher launcher, string steps, string variables, bool goOnWithout = false) =>
        launcher.Run(RankProgram, steps.Split(' '), Folder, variables, goOnWithout);

    /// <summary>How many lines of a text begin with each prefix, in the order in which they come: <c>17 -, 15 [#0]</c>.</summary>
    public string Prefixes(string file) => Prefixes(Events(file));

    /// <summary>The lines of a text behind its header.</summary>
    public string[] Events(string file)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Folder, file));
        return lines[(Array.LastIndexOf(lines, new string('=', 80)) + 1)..];
    }

    private static string Prefixes(IEnumerable<string> lines)
    {
        var runs = new List<(string Prefix, int Count)>();
        foreach (string line in lines)
        {
            string prefix = line.StartsWith('[') ? line[..(line.IndexOf(']', StringComparison.Ordinal) + 1)] : "-";
            if (runs.Count > 0 && runs[^1].Prefix == prefix)
                runs[^1] = (prefix, runs[^1].Count + 1);
            else
                runs.Add((prefix, 1));
        }

        return string.Join(", ", runs.Select(run => $"{run.Count} {run.Prefix}"));
    }

    /// <summary>Runs <c>objwatch</c>.</summary>
    public ProcessResult ObjWatch(params string[] arguments) =>
        ProgramRunner.Run(Program("ObjWatch.Cli", "objwatch.dll"), arguments, workingDirectory: Folder);

    public void Dispose() => _folder.Dispose();
}
