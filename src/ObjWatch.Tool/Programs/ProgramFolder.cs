using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ObjWatch.Tool.Programs;

/// <summary>The folder an assembly lies in, and the programs that are there: each is described by its runtimeconfig.json and
/// deps.json.</summary>
internal sealed class ProgramFolder
{
    private const string ConfigurationSuffix = ".runtimeconfig.json";
    private const string DependenciesSuffix = ".deps.json";

    private ProgramFolder(string directory, IReadOnlyList<string> names)
    {
        Directory = directory;
        ConfigurationPaths = Existing(directory, names, ConfigurationSuffix);
        DependenciesPaths = Existing(directory, names, DependenciesSuffix);
        Configuration = ConfigurationPaths.Count == 0 ? null : RuntimeConfiguration.Read(ConfigurationPaths[0]);
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The runtimeconfig.json of each program.</summary>
    public IReadOnlyList<string> ConfigurationPaths { get; }

    /// <summary>The deps.json of each program.</summary>
    public IReadOnlyList<string> DependenciesPaths { get; }

    /// <summary>What the program runs on; <see langword="null"/> for a library on its own.</summary>
    public RuntimeConfiguration? Configuration { get; }

    /// <summary>The program that an assembly is, and those it lies beside.</summary>
    public static ProgramFolder Of(string assemblyPath)
    {
        string path = Path.GetFullPath(assemblyPath);
        string directory = Path.GetDirectoryName(path)!;
        string own = Path.GetFileNameWithoutExtension(path);
        if (!System.IO.Directory.Exists(directory))
            return new ProgramFolder(directory, []);
        IEnumerable<string> programs = System.IO.Directory.EnumerateFiles(directory, "*" + ConfigurationSuffix)
            .Select(file => Path.GetFileName(file)[..^ConfigurationSuffix.Length])
            .Order(StringComparer.Ordinal);
        return new ProgramFolder(directory, [own, .. programs.Where(name => name != own)]);
    }

    private static List<string> Existing(string directory, IReadOnlyList<string> names, string suffix) =>
        names.Select(name => Path.Combine(directory, name + suffix)).Where(File.Exists).ToList();
}
