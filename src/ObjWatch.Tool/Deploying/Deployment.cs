using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Tool.Programs;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool.Deploying;

/// <summary>
/// Puts the runtime library beside a program and into its deps.json, so that the woven program runs as it is. What the program has stays,
/// whatever its version. Unless it is kept in the end, all that was put there is taken back: a program that could not be woven is left as
/// it was.
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
    /// <exception cref="ToolException">It could not be done, or what the program has is too old. Nothing was written.</exception>
    public void Apply()
    {
        if (!File.Exists(_runtime.Path))
            throw new ToolException(Codes.RuntimeNotFound.About(_runtime.Path));
        try
        {
            IReadOnlyList<string> libraries = new ProgramLibraries(_program, _directory).For(_runtime);
            if (!Directory.Exists(_directory))
            {
                Directory.CreateDirectory(_directory);
                _undo.Push(() => Directory.Delete(_directory));
            }

            foreach (string library in libraries)
                Deploy(library);
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

    private void Deploy(string path)
    {
        string target = Path.Combine(_directory, Path.GetFileName(path));
        if (File.Exists(target))
            return;
        _undo.Push(() => File.Delete(target));
        File.Copy(path, target);
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

    private static void Restore(string target, byte[]? former)
    {
        if (former is null)
            File.Delete(target);
        else
            File.WriteAllBytes(target, former);
    }
}
