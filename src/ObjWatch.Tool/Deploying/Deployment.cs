using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using ObjWatch.Tool.Programs;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool.Deploying;

/// <summary>
/// Puts the runtime library beside a program and into its deps.json, so that the woven program runs as it is. Unless it is kept in the end, all of
/// it is taken back: a program that could not be woven is left as it was.
/// </summary>
internal sealed class Deployment : IDisposable
{
    private readonly RuntimeLibrary _runtime;
    private readonly ProgramFolder _program;
    private readonly string _directory;
    private readonly Stack<Action> _undo = new();

    /// <summary>Prepares a deployment.</summary>
    /// <param name="runtime">The library.</param>
    /// <param name="program">The program that the woven assembly is part of.</param>
    /// <param name="directory">Where the woven assembly goes.</param>
    public Deployment(RuntimeLibrary runtime, ProgramFolder program, string directory)
    {
        _runtime = runtime;
        _program = program;
        _directory = directory;
    }

    /// <summary>Copies what is missing and completes the deps.json.</summary>
    /// <exception cref="ToolException">It could not be done.</exception>
    public void Apply()
    {
        if (!File.Exists(_runtime.Path))
            throw new ToolException(Codes.RuntimeNotFound.About(_runtime.Path));
        try
        {
            if (!Directory.Exists(_directory))
            {
                Directory.CreateDirectory(_directory);
                _undo.Push(() => Directory.Delete(_directory));
            }

            List<string> libraries = [_runtime.Path, .. _runtime.Dependencies().Where(path => !IsInFramework(path))];
            libraries.ForEach(Deploy);
            Describe(libraries);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ToolException(Codes.CannotDeploy.About(_directory, exception.Message));
        }
    }

    /// <summary>The program is woven: what was put beside it stays.</summary>
    public void Keep() => _undo.Clear();

    /// <summary>Takes back what was done, unless it is kept.</summary>
    public void Dispose()
    {
        while (_undo.Count > 0)
            _undo.Pop()();
    }

    // As the host does where two libraries bring the same assembly, the newer one wins.
    private void Deploy(string path)
    {
        string target = Path.Combine(_directory, Path.GetFileName(path));
        if (Path.GetFullPath(target) == Path.GetFullPath(path))
            return;
        bool exists = File.Exists(target);
        bool isRuntime = path == _runtime.Path;
        if (exists && (isRuntime ? AreSame(target, path) : VersionOf(target) >= VersionOf(path)))
            return;
        byte[]? former = exists ? File.ReadAllBytes(target) : null;
        _undo.Push(() => Restore(target, former));
        File.Copy(path, target, overwrite: true);
    }

    private void Describe(IReadOnlyList<string> libraries)
    {
        // In an output folder the host needs the program's description as well.
        foreach (string path in _program.ConfigurationPaths)
        {
            string target = Path.Combine(_directory, Path.GetFileName(path));
            if (!File.Exists(target))
                Write(target, null, File.ReadAllBytes(path));
        }

        foreach (string path in _program.DependenciesPaths)
        {
            string target = Path.Combine(_directory, Path.GetFileName(path));
            byte[]? former = File.Exists(target) ? File.ReadAllBytes(target) : null;
            byte[] described = DependencyManifest.With(former ?? File.ReadAllBytes(path), path, libraries);
            if (former is null || !described.AsSpan().SequenceEqual(former))
                Write(target, former, described);
        }
    }

    private void Write(string target, byte[]? former, byte[] content)
    {
        _undo.Push(() => Restore(target, former));
        File.WriteAllBytes(target, content);
    }

    private bool IsInFramework(string path) =>
        _program.Configuration?.Frameworks.Any(framework =>
            SharedFrameworks.Find(framework) is { } folder
            && Path.Combine(folder, Path.GetFileName(path)) is var candidate
            && File.Exists(candidate)
            && VersionOf(candidate) >= VersionOf(path)) ?? false;

    private static void Restore(string target, byte[]? former)
    {
        if (former is null)
            File.Delete(target);
        else
            File.WriteAllBytes(target, former);
    }

    private static bool AreSame(string left, string right) => File.ReadAllBytes(left).AsSpan().SequenceEqual(File.ReadAllBytes(right));

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
