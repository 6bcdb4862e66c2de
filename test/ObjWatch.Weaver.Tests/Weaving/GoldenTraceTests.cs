using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Runtime.CompilerServices;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Weaver.Tests.Weaving;

/// <summary>
/// Weaves and runs each small program of the folder Cases, built in Debug and in Release, and compares its trace with the file beside it.
/// </summary>
/// <remarks>With <c>WRITE_GOLDEN_TRACES=1</c> in the environment the files are written instead, for a person to read before they are
/// committed.</remarks>
public sealed class GoldenTraceTests : WeaverFixture
{
    private static readonly bool _write = Environment.GetEnvironmentVariable("WRITE_GOLDEN_TRACES") == "1";

    private static IEnumerable<string> Cases =>
        Directory.GetFiles(CasesFolder(), "*.cs").Select(path => Path.GetFileNameWithoutExtension(path)).Order(StringComparer.Ordinal);

    [Test]
    public void Trace_is_as_recorded([ValueSource(nameof(Cases))] string name, [Values(false, true)] bool optimize)
    {
        CompiledProgram program = Compiler.Compile(name, File.ReadAllText(Path.Combine(CasesFolder(), name + ".cs")), optimize, Folder);
        ProcessResult plain = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);
        RuntimeLibraries.CopyTo(Folder);
        WeaveResult result = new AssemblyWeaver()
            .Weave(Request(program.AssemblyPath) with { Locals = name.Contains("Locals", StringComparison.Ordinal) });
        Assert.That(result.Outcome, Is.EqualTo(WeaveOutcome.Woven), string.Join("\n", result.Diagnostics));

        ProcessResult traced = ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder);

        Assert.That(traced.ExitCode, Is.Zero, traced.Error);
        Assert.That(traced.Output, Is.EqualTo(plain.Output), "what the program prints");
        string trace = EventLines.In(File.ReadAllText(PathOf(name + ".objwatch")).Replace("\r\n", "\n", StringComparison.Ordinal));
        string golden = Path.Combine(CasesFolder(), $"{name}.{(optimize ? "Release" : "Debug")}.objwatch");
        if (_write)
            File.WriteAllText(golden, trace);
        Assert.That(trace, Is.EqualTo(File.ReadAllText(golden)));
    }

    /// <summary>With these options every event is a special one, recorded in other ways than usual; what they say is not.</summary>
    [Test]
    public void Special_events_look_like_the_others([ValueSource(nameof(Cases))] string name, [Values(false, true)] bool optimize)
    {
        CompiledProgram program = Compiler.Compile(name, File.ReadAllText(Path.Combine(CasesFolder(), name + ".cs")), optimize, Folder);
        RuntimeLibraries.CopyTo(Folder);
        new AssemblyWeaver().Weave(Request(program.AssemblyPath) with { Locals = name.Contains("Locals", StringComparison.Ordinal) });

        ProcessResult traced =
            ProgramRunner.Run(program.AssemblyPath, workingDirectory: Folder, environment: new Dictionary<string, string?>
        {
            ["OBJWATCH_WRAPPER"] = "BaseWrapper", ["OBJWATCH_EVENT_LIMIT"] = "1000000", ["OBJWATCH_MAXIMUM_DEPTH"] = "1000",
        });

        Assert.That(traced.ErrorLines, Has.Length.EqualTo(1), traced.Error);
        string trace = EventLines.In(File.ReadAllText(PathOf(name + ".objwatch")).Replace("\r\n", "\n", StringComparison.Ordinal));
        Assert.That(trace,
            Is.EqualTo(File.ReadAllText(Path.Combine(CasesFolder(), $"{name}.{(optimize ? "Release" : "Debug")}.objwatch"))));
    }

    private static string CasesFolder([CallerFilePath] string here = "") => Path.Combine(Path.GetDirectoryName(here)!, "Cases");
}
