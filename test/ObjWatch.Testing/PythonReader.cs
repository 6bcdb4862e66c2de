using System;
using System.Text.Json;

namespace ObjWatch.Testing;

/// <summary>The reader of traces that is written in Python, from docs/trace-format.md and from nothing else.</summary>
public static class PythonReader
{
    /// <summary>Why it cannot be run; <see langword="null"/> if it can.</summary>
    public static string? Missing { get; } = ProgramRunner.Find("python3") is null
        ? "Python is not installed (apt-get install python3)" : null;

    /// <summary>Reads a trace.</summary>
    /// <param name="trace">The file.</param>
    /// <exception cref="InvalidOperationException">The reader failed.</exception>
    public static JsonElement Read(string trace) => Run("reader.py", "--events", trace);

    /// <summary>Counts the events of a trace that is whole.</summary>
    /// <param name="trace">The file.</param>
    /// <exception cref="InvalidOperationException">The reader failed.</exception>
    public static JsonElement Count(string trace) => Run("count.py", trace);

    private static JsonElement Run(string script, params string[] arguments)
    {
        // -B: it leaves nothing beside its sources.
        ProcessResult result = ProgramRunner.RunProcess(
            ProgramRunner.Find("python3")!, ["-B", Repository.PathOf("test", "ObjWatch.Reading.Tests", "Python", script), .. arguments]);
        if (result.ExitCode != 0)
            throw new InvalidOperationException($"{script} ended with {result.ExitCode}:\n{result.Error}");
        using JsonDocument document = JsonDocument.Parse(result.Output);
        return document.RootElement.Clone();
    }
}
