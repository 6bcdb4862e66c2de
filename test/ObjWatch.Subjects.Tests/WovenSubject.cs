using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Testing;
using ObjWatch.Weaver;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Subjects.Tests;

/// <summary>A copy of a compiled subject, woven, in a folder of its own.</summary>
internal sealed class WovenSubject
{
    private WovenSubject(string directory, string assembly, WeaveResult result)
    {
        Directory = directory;
        AssemblyPath = assembly;
        Result = result;
    }

    public string Directory { get; }

    public string AssemblyPath { get; }

    public WeaveResult Result { get; }

    public string TracePath => Path.ChangeExtension(AssemblyPath, ".objwatch");

    public IEnumerable<Diagnostic> Errors => Result.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);

    /// <summary>Copies the program into a new folder and weaves it there with everything selected.</summary>
    public static WovenSubject Weave(CompiledProgram program, string directory, bool everyStore, params string[] references) =>
        Weave(program, directory, everyStore, Framework.ReferenceAssemblies(), RuntimeLibraries.Paths, references);

    /// <summary>As <see cref="Weave(CompiledProgram, string, bool, string[])"/>, with only what is named selected.</summary>
    public static WovenSubject Weave(CompiledProgram program, string directory, bool everyStore, string[] references, string targets) =>
        Weave(program, directory, everyStore, Framework.ReferenceAssemblies(), RuntimeLibraries.Paths, references, targets);

    /// <summary>As <see cref="Weave(CompiledProgram, string, bool, string[])"/>, with the runtime library for netstandard2.0 and all that
    /// it needs.</summary>
    public static WovenSubject WeaveForStandard(CompiledProgram program, string directory, IEnumerable<string> frameworkReferences) =>
        Weave(program, directory, everyStore: true, frameworkReferences,
            System.IO.Directory.GetFiles(Path.Combine(AppContext.BaseDirectory, "Programs", "ObjWatch.Runtime"), "*.dll"), []);

    private static WovenSubject Weave(
        CompiledProgram program, string directory, bool everyStore, IEnumerable<string> frameworkReferences, IEnumerable<string> runtime,
        string[] references, string targets = "*")
    {
        System.IO.Directory.CreateDirectory(directory);
        foreach (string path in System.IO.Directory.GetFiles(program.Directory, program.Name + ".*").Concat(references).Concat(runtime))
            File.Copy(path, Path.Combine(directory, Path.GetFileName(path)));
        string assembly = Path.Combine(directory, program.Name + ".dll");
        WeaveResult result = new AssemblyWeaver().Weave(new WeaveRequest
        {
            AssemblyPath = assembly,
            RuntimePath = Path.Combine(directory, RuntimeLibraries.Main),
            References = [.. frameworkReferences, .. references],
            Targets = targets,
            Locals = everyStore,
            Accessors = everyStore,
        });
        return new WovenSubject(directory, assembly, result);
    }

    /// <summary>Runs it.</summary>
    public ProcessResult Run(bool traced) =>
        ProgramRunner.Run(AssemblyPath, environment: traced
            ? null : new Dictionary<string, string?> { ["OBJWATCH"] = "0" }, workingDirectory: Directory);
}
