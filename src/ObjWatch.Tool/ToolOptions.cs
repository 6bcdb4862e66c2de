using System.Collections.Generic;

namespace ObjWatch.Tool;

/// <summary>What the command line asks for.</summary>
internal sealed record ToolOptions
{
    /// <summary>The assemblies to weave.</summary>
    public required IReadOnlyList<string> Assemblies { get; init; }

    /// <summary>Where the woven assemblies go; <see langword="null"/> weaves in place.</summary>
    public string? OutputDirectory { get; init; }

    /// <summary>What to trace.</summary>
    public string Targets { get; init; } = "";

    /// <summary>What not to trace.</summary>
    public string Exclude { get; init; } = "";

    /// <summary>Whether stores to local variables are traced.</summary>
    public bool Locals { get; init; }

    /// <summary>Whether stores to static fields are traced.</summary>
    public bool Statics { get; init; } = true;

    /// <summary>Whether trivial accessors make run and end.</summary>
    public bool Accessors { get; init; }

    /// <summary>Reference assemblies, or folders of them, that go before what is found.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>Whether libraries that compilers and builds load are left as they are.</summary>
    public bool LeaveBuildComponents { get; init; }

    /// <summary>The strong-name key.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Whether every method is listed with what was done to it.</summary>
    public bool Explain { get; init; }

    /// <summary>Defaults for the run, by option name.</summary>
    public IReadOnlyDictionary<string, string> RunOptions { get; init; } = new Dictionary<string, string>();

    /// <summary>The runtime library to link against; <see langword="null"/> takes the one that comes with the tool.</summary>
    public string? RuntimePath { get; init; }

    /// <summary>Whether the runtime library is put beside the program.</summary>
    public bool Deploy { get; init; } = true;
}
