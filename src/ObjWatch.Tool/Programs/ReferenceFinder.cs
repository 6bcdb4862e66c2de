using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool.Programs;

/// <summary>Finds the assemblies that a program refers to where the .NET host would: beside it, in the packages of its deps.json, in its
/// frameworks.</summary>
internal sealed class ReferenceFinder
{
    private const string CoreLibrary = "System.Runtime";

    private readonly ProgramFolder _program;

    public ReferenceFinder(ProgramFolder program) => _program = program;

    /// <summary>Lists the references of an assembly.</summary>
    /// <param name="assemblyPath">The assembly.</param>
    /// <param name="given">Files and folders that the user gives: an assembly found there hides others of its name.</param>
    public IReadOnlyList<string> Find(string assemblyPath, IReadOnlyList<string> given)
    {
        List<string> explicitly = given.SelectMany(Expand).ToList();
        var hidden = new HashSet<string>(explicitly.Select(NameOf), StringComparer.OrdinalIgnoreCase);
        IEnumerable<string> found = AssembliesIn(_program.Directory)
            .Concat(PackageAssemblies.Find(_program))
            .Concat(FrameworkFolders(isGiven: hidden.Contains(CoreLibrary)).SelectMany(AssembliesIn))
            .Where(path => !hidden.Contains(NameOf(path)));
        return explicitly.Concat(found).Where(path => Path.GetFullPath(path) != Path.GetFullPath(assemblyPath)).ToList();
    }

    private static IEnumerable<string> Expand(string given)
    {
        if (Directory.Exists(given))
            return AssembliesIn(given);
        return File.Exists(given) ? [given] : throw new ToolException(Codes.FileNotFound.About(given));
    }

    private static IEnumerable<string> AssembliesIn(string directory) =>
        Directory.Exists(directory) ? Directory.EnumerateFiles(directory, "*.dll").Order(StringComparer.Ordinal) : [];

    private static string NameOf(string path) => Path.GetFileNameWithoutExtension(path);

    private IEnumerable<string> FrameworkFolders(bool isGiven)
    {
        if (_program.Configuration is not { } configuration)
            return SharedFrameworks.Newest();
        return configuration.AllFrameworks.Select(framework => Folder(framework, isGiven)).OfType<string>();
    }

    private string? Folder(FrameworkReference framework, bool isGiven)
    {
        string? folder = SharedFrameworks.Find(framework);
        return folder is not null || isGiven
            ? folder
            : throw new ToolException(Codes.FrameworkNotFound.About(_program.Directory, framework.Name, framework.Version));
    }
}
