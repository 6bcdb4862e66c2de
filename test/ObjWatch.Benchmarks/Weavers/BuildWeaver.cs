using System.Collections.Generic;

namespace ObjWatch.Benchmarks.Weavers;

/// <summary>One of those that rewrite what the compiler has written, and how a project comes to use it.</summary>
/// <param name="Name">What it is called in the table.</param>
/// <param name="Tasks">The tasks of MSBuild that are its step.</param>
internal sealed record BuildWeaver(string Name, params string[] Tasks)
{
    /// <summary>What stands in the project's group of properties.</summary>
    public string Properties { get; init; } = "";

    /// <summary>What stands in the project's group of items.</summary>
    public string Items { get; init; } = "";

    /// <summary>What stands below them.</summary>
    public string Targets { get; init; } = "";

    /// <summary>Files of the folder Sources that belong to the project.</summary>
    public IReadOnlyList<string> Sources { get; init; } = [];

    /// <summary>Other files of the project, by name.</summary>
    public IReadOnlyDictionary<string, string> Files { get; init; } = new Dictionary<string, string>();
}
