using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Testing;
using ObjWatch.Weaver;
using ObjWatch.Woven;

namespace ObjWatch.Benchmarks;

/// <summary>A program that is compiled as Release and woven, and runs as a process of its own: nothing of what measures it is in its
/// memory.</summary>
internal sealed class WovenProgram
{
    private readonly string _assemblyPath;

    /// <param name="name">The assembly's name.</param>
    /// <param name="source">Its source, with an entry point.</param>
    /// <param name="targets">What is traced.</param>
    /// <param name="folder">Where it goes; the folder is made.</param>
    /// <exception cref="InvalidOperationException">It does not compile, or was not woven.</exception>
    public WovenProgram(string name, string source, string targets, string folder)
    {
        _assemblyPath = Compiler.Compile(name, source, optimize: true, folder).AssemblyPath;
        Result = new AssemblyWeaver().Weave(new WeaveRequest
        {
            AssemblyPath = _assemblyPath,
            RuntimePath = typeof(Probe).Assembly.Location,
            References = Framework.ReferenceAssemblies(),
            Targets = targets,
        });
        if (Result.Outcome != WeaveOutcome.Woven)
            throw new InvalidOperationException(string.Join('\n', Result.Diagnostics));
        // Without deps.json it loads whatever lies beside it.
        RuntimeLibraries.CopyTo(folder);
    }

    /// <summary>What the weaver did.</summary>
    public WeaveResult Result { get; }

    /// <summary>The command <c>objwatch</c>, as it was built beside the benchmarks.</summary>
    public static string[] ObjWatch(params string[] arguments) =>
        [Framework.Host, Path.Combine(AppContext.BaseDirectory, "objwatch.dll"), .. arguments];

    /// <summary>What starts the program.</summary>
    public string[] Command(params string[] arguments) => [Framework.Host, _assemblyPath, .. arguments];

    /// <summary>What its process must be told: where the trace goes.</summary>
    public static Dictionary<string, string?> Recording(string trace) => new() { ["OBJWATCH"] = null, ["OBJWATCH_OUTPUT"] = trace };
}
