using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks.Weavers;

/// <summary>The generated project with one of the weavers.</summary>
internal sealed class WovenProject
{
    private const string Compiler = "Csc";

    // The same for all, so that the looks at them cost the same.
    private static readonly string[] _tasks = [Compiler, "ObjWatchWeave", "Exec", "WeavingTask", "VerifyTask", "InstrumentationTask"];

    private readonly string _folder;
    private readonly string _root;

    /// <summary>Generates the project and restores it.</summary>
    /// <param name="weaver">The weaver.</param>
    /// <param name="folder">Where to.</param>
    /// <param name="root">The folder in which the generated projects lie.</param>
    /// <param name="classes">How many classes it has.</param>
    public WovenProject(BuildWeaver weaver, string folder, string root, int classes)
    {
        Weaver = weaver;
        _folder = folder;
        _root = root;
        Directory.CreateDirectory(folder);
        ManyClasses.Write(folder, classes);
        foreach (string source in weaver.Sources)
            File.Copy(SourcePath(source), Path.Combine(folder, source));
        foreach ((string name, string text) in weaver.Files)
            File.WriteAllText(Path.Combine(folder, name), text);
        File.WriteAllText(ProjectPath, $"""
            <Project Sdk="Microsoft.NET.Sdk">
              <PropertyGroup>
                <OutputType>Exe</OutputType>
                <TargetFramework>net10.0</TargetFramework>
                <Nullable>enable</Nullable>
                <UseAppHost>false</UseAppHost>
                <DebugType>portable</DebugType>
                <UseSharedCompilation>false</UseSharedCompilation>
                <RunAnalyzers>false</RunAnalyzers>
                {weaver.Properties}
              </PropertyGroup>
              <ItemGroup>
                {weaver.Items}
              </ItemGroup>
              {weaver.Targets}
            </Project>
            """);
        DotnetCommand.Run(folder, root, "restore", "-m:1", "-v:q");
    }

    /// <summary>The weaver.</summary>
    public BuildWeaver Weaver { get; }

    /// <summary>What is built.</summary>
    public string Assembly => Path.Combine(Output, "Work.dll");

    private string ProjectPath => Path.Combine(_folder, "Work.csproj");

    private string Output => Path.Combine(_folder, "bin", "Release", "net10.0");

    /// <summary>The path of a file that goes into generated projects as it is.</summary>
    public static string SourcePath(string name) => Repository.PathOf("test", "ObjWatch.Benchmarks", "Weavers", "Sources", name);

    /// <summary>Builds from scratch.</summary>
    public BuildCost Build()
    {
        foreach (string folder in new[] { Path.Combine(_folder, "bin"), Path.Combine(_folder, "obj", "Release") })
        {
            if (Directory.Exists(folder))
                Directory.Delete(folder, recursive: true);
        }

        string times = Path.Combine(_folder, "times.txt");
        ProcessCost whole = ChildProcesses.Run(
            ["dotnet", "build", ProjectPath, "--no-restore", "-c", "Release", "-m:1", "-v:q", "-nologo", TaskTimes.Argument(times, _tasks)],
            DotnetCommand.Environment(_root));
        Dictionary<string, (double Clock, double Processor)> tasks = TaskTimes.Read(times);
        (double Clock, double Processor)[] weaving = [.. Weaver.Tasks.Select(task => tasks.GetValueOrDefault(task))];
        return new BuildCost(
            (whole.Seconds * 1000, whole.ProcessorSeconds * 1000),
            tasks[Compiler],
            (weaving.Sum(time => time.Clock), weaving.Sum(time => time.Processor)));
    }

    /// <summary>Runs what was built.</summary>
    /// <returns>What it prints.</returns>
    /// <exception cref="InvalidOperationException">It failed.</exception>
    public string Run()
    {
        ProcessResult result = ProgramRunner.Run(Assembly, workingDirectory: Output);
        return result.ExitCode == 0 ? result.Output.Trim() : throw new InvalidOperationException(result.Output + result.Error);
    }
}
