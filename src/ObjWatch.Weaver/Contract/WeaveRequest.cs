using System.Collections.Generic;

namespace ObjWatch.Weaver;

/// <summary>What to weave, and how.</summary>
public sealed record WeaveRequest
{
    /// <summary>The assembly to weave.</summary>
    public required string AssemblyPath { get; init; }

    /// <summary>Where the woven assembly goes; <see langword="null"/> replaces <see cref="AssemblyPath"/>. Its symbols go beside
    /// it.</summary>
    public string? OutputPath { get; init; }

    /// <summary>ObjWatch.Runtime.dll, as the program will load it.</summary>
    public required string RuntimePath { get; init; }

    /// <summary>Paths of the assemblies the program was compiled against. Nothing else is ever looked at.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>What to trace, in the grammar of ObjWatchTargets; empty traces everything in the assembly.</summary>
    public string Targets { get; init; } = "";

    /// <summary>What not to trace, in the same grammar.</summary>
    public string Exclude { get; init; } = "";

    /// <summary>Whether stores to local variables are traced.</summary>
    public bool Locals { get; init; }

    /// <summary>Whether stores to static fields are traced.</summary>
    public bool Statics { get; init; } = true;

    /// <summary>Whether auto-property accessors and trivial getters make run and end too.</summary>
    public bool Accessors { get; init; }

    /// <summary>Whether a library that compilers and builds load, such as a source generator, is left as it is: they would not find the
    /// runtime library.</summary>
    public bool LeaveBuildComponents { get; init; }

    /// <summary>The strong-name key (.snk) to sign with again, or <see langword="null"/>.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Whether the assembly is known to be part of a program for .NET, which checks no signatures.</summary>
    public bool RunsOnNet { get; init; }

    /// <summary>Defaults for the run by option name (<c>Output</c>), embedded in the assembly.</summary>
    public IReadOnlyDictionary<string, string> RunOptions { get; init; } = new Dictionary<string, string>();
}
