using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Testing;

namespace ObjWatch.Libraries.Tests;

/// <summary>A copy of a built program in a folder of its own, in which something may be woven.</summary>
internal sealed class Program
{
    private static readonly string _programs = Path.Combine(AppContext.BaseDirectory, "Programs");
    private readonly string _entry;

    private Program(string folder, string entry)
    {
        Folder = folder;
        _entry = entry;
    }

    public string Folder { get; }

    public string this[string file] => Path.Combine(Folder, file);

    /// <summary>Copies a driver.</summary>
    public static Program Driver(string name, string folder) => Copy("Drivers." + name, "Drivers." + name + ".dll", folder);

    /// <summary>Copies objwatch-weave.</summary>
    public static Program Tool(string folder) => Copy("ObjWatch.Tool", "objwatch-weave.dll", folder);

    /// <summary>Runs it.</summary>
    /// <param name="workingDirectory">Where; it is made.</param>
    /// <param name="traced">Whether tracing is on.</param>
    /// <param name="arguments">Its arguments.</param>
    public ProcessResult Run(string workingDirectory, bool traced, params string[] arguments) =>
        Run(workingDirectory, traced, null, arguments);

    /// <summary>As <see cref="Run(string, bool, string[])"/>, with an output of its own, and at most so many events at each
    /// place.</summary>
    public ProcessResult Run(string workingDirectory, bool traced, string? output, string[]? arguments = null, string? eventLimit = null) =>
        ProgramRunner.Run(
        this[_entry],
        arguments ?? [],
        traced ? new Dictionary<string, string?> { ["OBJWATCH_OUTPUT"] = output, ["OBJWATCH_EVENT_LIMIT"] = eventLimit }
        : new Dictionary<string, string?> { ["OBJWATCH"] = "0" },
        Directory.CreateDirectory(workingDirectory).FullName);

    private static Program Copy(string name, string entry, string folder)
    {
        string source = Path.Combine(_programs, name);
        foreach (string path in Directory.EnumerateFiles(source, "*", SearchOption.AllDirectories))
        {
            string target = Path.Combine(folder, Path.GetRelativePath(source, path));
            Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            File.Copy(path, target);
        }

        return new Program(folder, entry);
    }
}
