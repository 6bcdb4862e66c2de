using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using ObjWatch.Tool.Programs;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool.Deploying;

/// <summary>
/// What a program has of the libraries that it needs once it is woven: beside it, in the packages that its deps.json names, or in the
/// frameworks that it runs on. None of these is ever replaced, because the program was built and tested with them.
/// </summary>
internal sealed class ProgramLibraries
{
    private readonly ProgramFolder _program;
    private readonly string _directory;
    private readonly IReadOnlyList<string> _packages;

    /// <summary>Looks at a program.</summary>
    /// <param name="program">The program.</param>
    /// <param name="directory">Where its woven assembly goes.</param>
    public ProgramLibraries(ProgramFolder program, string directory)
    {
        _program = program;
        _directory = directory;
        _packages = PackageAssemblies.Find(program);
    }

    /// <summary>
    /// What has to lie beside the woven program of the runtime library and what it needs: the program's own files where it has them, those
    /// that come with the tool where not.
    /// </summary>
    /// <exception cref="ToolException">What the program has is too old, its runtime library another, or a part of that is not
    /// there.</exception>
    public IReadOnlyList<string> For(RuntimeLibrary runtime)
    {
        IEnumerable<Requirement> needed = runtime.Requirements().Where(needed => !IsInFramework(needed));
        return needed.Prepend(new Requirement(runtime.Path, VersionOf(runtime.Path), IsExact: true)).Select(Chosen).Except(_packages)
            .ToList();
    }

    private string Chosen(Requirement needed)
    {
        if (Own(needed.Path) is not { } own)
            return File.Exists(needed.Path) ? needed.Path : throw new ToolException(Codes.RuntimeNotFound.About(needed.Path));
        if (needed.IsExact && VersionOf(own) != needed.Version)
            throw new ToolException(Codes.AnotherRuntime.About(own, VersionOf(own), needed.Version));
        if (VersionOf(own) < needed.Version)
            throw new ToolException(Codes.LibraryTooOld.About(own, VersionOf(own), needed.Version));
        return own;
    }

    private string? Own(string path)
    {
        string name = Path.GetFileName(path);
        IEnumerable<string> beside = [Path.Combine(_directory, name), Path.Combine(_program.Directory, name)];
        return beside.Where(File.Exists).Concat(_packages.Where(package => Path.GetFileName(package) == name)).FirstOrDefault();
    }

    // Where the program has an older copy of a library of its framework, the host loads the framework's.
    private bool IsInFramework(Requirement needed) =>
        _program.Configuration?.AllFrameworks.Any(framework =>
            SharedFrameworks.Find(framework) is { } folder
            && Path.Combine(folder, Path.GetFileName(needed.Path)) is var candidate
            && File.Exists(candidate)
            && VersionOf(candidate) >= needed.Version) ?? false;

    private static Version VersionOf(string path)
    {
        try
        {
            return AssemblyName.GetAssemblyName(path).Version ?? new Version();
        }
        catch (BadImageFormatException)
        {
            // Something else of the same name: the program cannot be using it as the assembly.
            return new Version();
        }
    }
}
