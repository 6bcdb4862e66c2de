using System.Collections.Generic;
using Microsoft.CodeAnalysis.CSharp;

namespace ObjWatch.Testing;

/// <summary>Where a compiled program keeps its symbols.</summary>
public enum SymbolForm
{
    /// <summary>In a portable PDB beside the assembly.</summary>
    Portable,

    /// <summary>In the assembly itself.</summary>
    Embedded,

    /// <summary>Nowhere.</summary>
    None,
}

/// <summary>A program to compile for a test.</summary>
public sealed record CompileRequest
{
    /// <summary>The assembly's simple name.</summary>
    public required string Name { get; init; }

    /// <summary>Source texts by file name (relative to <see cref="Directory"/>, which may hold folders).</summary>
    public required IReadOnlyDictionary<string, string> Sources { get; init; }

    /// <summary>Where sources, assembly and symbols go.</summary>
    public required string Directory { get; init; }

    /// <summary>Release instead of Debug.</summary>
    public bool Optimize { get; init; }

    /// <summary>Whether unsafe code may be compiled.</summary>
    public bool AllowUnsafe { get; init; } = true;

    /// <summary>Assemblies to compile against besides the framework; they are copied into <see cref="Directory"/>.</summary>
    public IReadOnlyList<string> References { get; init; } = [];

    /// <summary>The assemblies of the framework, if it is to be another than the running one.</summary>
    public IReadOnlyList<string>? FrameworkReferences { get; init; }

    /// <summary>The version of C#.</summary>
    public LanguageVersion Language { get; init; } = LanguageVersion.Preview;

    /// <summary>Whether async methods are compiled for the async of the runtime instead of into state machines.</summary>
    public bool RuntimeAsync { get; init; }

    /// <summary>Where the symbols go.</summary>
    public SymbolForm Symbols { get; init; } = SymbolForm.Portable;

    /// <summary>A strong-name key (.snk), or <see langword="null"/>.</summary>
    public string? KeyPath { get; init; }

    /// <summary>Whether the assembly is only delay-signed with <see cref="KeyPath"/>.</summary>
    public bool DelaySign { get; init; }
}

/// <summary>A compiled program.</summary>
/// <param name="Name">The assembly's simple name.</param>
/// <param name="Directory">The folder that holds everything.</param>
/// <param name="AssemblyPath">The assembly.</param>
/// <param name="SymbolsPath">The PDB beside it, or <see langword="null"/>.</param>
/// <param name="SourcePath">The first source file, as the symbols name it.</param>
public sealed record CompiledProgram(string Name, string Directory, string AssemblyPath, string? SymbolsPath, string SourcePath);
