using System.IO;

namespace ObjWatch.Tool.Programs;

/// <summary>The folder an assembly lies in, and the program that is there, if any: what describes it are its runtimeconfig.json and deps.json.</summary>
internal sealed class ProgramFolder
{
    private ProgramFolder(string directory, string? name)
    {
        Directory = directory;
        DependenciesPath = name is null ? null : Existing(directory, name + ".deps.json");
        ConfigurationPath = name is null ? null : Existing(directory, name + ".runtimeconfig.json");
        Configuration = ConfigurationPath is null ? null : RuntimeConfiguration.Read(ConfigurationPath);
    }

    /// <summary>The folder.</summary>
    public string Directory { get; }

    /// <summary>The program's deps.json.</summary>
    public string? DependenciesPath { get; }

    /// <summary>The program's runtimeconfig.json.</summary>
    public string? ConfigurationPath { get; }

    /// <summary>What the program runs on; <see langword="null"/> for a library on its own.</summary>
    public RuntimeConfiguration? Configuration { get; }

    /// <summary>The program that an assembly is, or else the one it lies beside.</summary>
    public static ProgramFolder Of(string assemblyPath)
    {
        string path = Path.GetFullPath(assemblyPath);
        string directory = Path.GetDirectoryName(path)!;
        string own = Path.GetFileNameWithoutExtension(path);
        if (!System.IO.Directory.Exists(directory))
            return new ProgramFolder(directory, null);
        if (File.Exists(Path.Combine(directory, own + ".runtimeconfig.json")))
            return new ProgramFolder(directory, own);
        string? program = OnlyName(directory, ".runtimeconfig.json");
        return new ProgramFolder(directory, program ?? (File.Exists(Path.Combine(directory, own + ".deps.json")) ? own : null));
    }

    private static string? OnlyName(string directory, string suffix)
    {
        string[] found = System.IO.Directory.GetFiles(directory, "*" + suffix);
        return found.Length == 1 ? Path.GetFileName(found[0])[..^suffix.Length] : null;
    }

    private static string? Existing(string directory, string name)
    {
        string path = Path.Combine(directory, name);
        return File.Exists(path) ? path : null;
    }
}
