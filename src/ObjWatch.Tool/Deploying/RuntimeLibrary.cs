using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using ObjWatch.Tool.Programs;

namespace ObjWatch.Tool.Deploying;

/// <summary>The build of ObjWatch.Runtime.dll that fits a program, with what it depends on itself.</summary>
internal sealed class RuntimeLibrary
{
    private const int OldestOwnBuild = 8;
    private const string FileName = "ObjWatch.Runtime.dll";

    // The other part of the library. The two see each other's internals, so they go together in one version only.
    private const string OtherPart = "ObjWatch.Trace";

    /// <summary>Chooses the build.</summary>
    /// <param name="given">The file the user gives, or <see langword="null"/>.</param>
    /// <param name="program">The program that will load it.</param>
    /// <param name="assembly">The assembly that is woven; it need not exist.</param>
    public RuntimeLibrary(string? given, ProgramFolder program, string assembly) =>
        Path = given ?? System.IO.Path.Combine(AppContext.BaseDirectory, "runtime", BuildFor(program, assembly), FileName);

    /// <summary>The library.</summary>
    public string Path { get; }

    /// <summary>What the library refers to of the assemblies that lie (or should lie) beside it, and what those refer to.</summary>
    public IReadOnlyList<Requirement> Requirements()
    {
        string directory = System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(Path))!;
        var needed = new SortedDictionary<string, Version>(StringComparer.Ordinal);
        var waiting = new Queue<string>([Path]);
        while (waiting.TryDequeue(out string? assembly))
        {
            foreach (AssemblyName reference in AssemblyReferences.Of(assembly))
            {
                string path = System.IO.Path.Combine(directory, reference.Name + ".dll");
                bool exists = File.Exists(path);
                if (!exists && reference.Name != OtherPart)
                    continue;
                if (!needed.TryGetValue(path, out Version? known) && exists)
                    waiting.Enqueue(path);
                if (known is null || known < reference.Version)
                    needed[path] = reference.Version!;
            }
        }

        return needed.Select(pair =>
            new Requirement(pair.Key, pair.Value, System.IO.Path.GetFileNameWithoutExtension(pair.Key) == OtherPart)).ToList();
    }

    // A library on its own is woven for the framework it is most likely to run on, the one that is installed.
    private static string BuildFor(ProgramFolder program, string assembly)
    {
        bool isOld = program.Configuration is { } configuration
            ? configuration.MajorVersion is > 0 and < OldestOwnBuild
            : IsForNetFramework(assembly);
        return isOld ? "netstandard2.0" : "net8.0";
    }

    private static bool IsForNetFramework(string assembly)
    {
        try
        {
            return File.Exists(assembly) && AssemblyReferences.Of(assembly).Any(reference => reference.Name == "mscorlib");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false; // Whoever loads it says why it cannot be read.
        }
    }
}
