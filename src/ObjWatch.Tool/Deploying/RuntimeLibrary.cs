using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Tool.Programs;

namespace ObjWatch.Tool.Deploying;

/// <summary>The build of ObjWatch.Runtime.dll that fits a program, with what it depends on itself.</summary>
internal sealed class RuntimeLibrary
{
    private const int OldestOwnBuild = 8;
    private const string FileName = "ObjWatch.Runtime.dll";

    /// <summary>Chooses the build.</summary>
    /// <param name="given">The file the user gives, or <see langword="null"/>.</param>
    /// <param name="program">The program that will load it.</param>
    public RuntimeLibrary(string? given, ProgramFolder program)
    {
        // A library on its own is woven for the framework it is most likely to run on, the one that is installed.
        bool isOld = program.Configuration is { MajorVersion: > 0 and < OldestOwnBuild };
        string build = isOld ? "netstandard2.0" : "net8.0";
        Path = given ?? System.IO.Path.Combine(AppContext.BaseDirectory, "runtime", build, FileName);
    }

    /// <summary>The library.</summary>
    public string Path { get; }

    /// <summary>The assemblies that lie beside the library because it needs them.</summary>
    public IReadOnlyList<string> Dependencies()
    {
        string directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        return Directory.EnumerateFiles(directory, "*.dll").Where(path => System.IO.Path.GetFileName(path) != FileName).Order(StringComparer.Ordinal).ToList();
    }
}
