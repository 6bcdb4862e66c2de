using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Weaver;

namespace ObjWatch.Parity.Tests;

/// <summary>Compiles, weaves and runs the C# counterpart of a program that the Python original traces in its own tests.</summary>
/// <remarks>Expected are events without line numbers: what happens in which order and how deep. docs/differences.md says where it is not as
/// there, and why.</remarks>
public abstract class ParityFixture
{
    private TemporaryDirectory _directory = null!;

    /// <summary>Standard error of the last run.</summary>
    protected string Errors { get; private set; } = "";

    /// <summary>Exit code of the last run.</summary>
    protected int ExitCode { get; private set; }

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    /// <summary>A file of the run.</summary>
    protected string PathOf(string name) => _directory[name];

    /// <summary>The events of a run as text, without line numbers.</summary>
    protected string[] Trace(
        string source, string targets = "", string exclude = "", bool locals = false, bool statics = true,
        params (string Name, string Value)[] environment)
    {
        Run(source, targets, exclude, locals, statics, environment);
        return EventLines.Of(PathOf("App.objwatch")).Select(WithoutLine).ToArray();
    }

    /// <summary>Compiles, weaves and runs a program.</summary>
    protected void Run(
        string source, string targets = "", string exclude = "", bool locals = false, bool statics = true,
        params (string Name, string Value)[] environment)
    {
        string assembly = Weave(source, targets, exclude, locals, statics);
        ProcessResult run =
            ProgramRunner.Run(assembly, workingDirectory: _directory.Path,
                environment: environment.ToDictionary(variable => variable.Name, string? (variable) => variable.Value));
        (ExitCode, Errors) = (run.ExitCode, run.Error);
    }

    /// <summary>Compiles and weaves a program.</summary>
    protected string Weave(string source, string targets = "", string exclude = "", bool locals = false, bool statics = true)
    {
        CompiledProgram program =
            Compiler.Compile("App", "using System;\nusing System.Collections.Generic;\n"
                + source, optimize: false, _directory.Path, typeof(Tracer).Assembly.Location);
        RuntimeLibraries.CopyTo(_directory.Path);
        WeaveResult result = new AssemblyWeaver().Weave(new WeaveRequest
        {
            AssemblyPath = program.AssemblyPath,
            RuntimePath = PathOf(RuntimeLibraries.Main),
            References = [.. Framework.ReferenceAssemblies(), PathOf(RuntimeLibraries.Main)],
            Targets = targets,
            Exclude = exclude,
            Locals = locals,
            Statics = statics,
        });
        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));
        return program.AssemblyPath;
    }

    private static string WithoutLine(string line) => line[6..];
}
