using System;
using System.Collections.Generic;
using System.IO;
using Mono.Cecil;
using ObjWatch.Testing;
using ObjWatch.Weaver;
using ObjWatch.Woven;

namespace ObjWatch.Benchmarks;

/// <summary>How long weaving everything in a library takes, beside a plain read and write of the same file.</summary>
internal static class WeaveTargets
{
    private const int RoundCount = 7;

    /// <summary>The libraries, as the drivers run them.</summary>
    public static readonly string[] Libraries =
        [Library("NewtonsoftJson", "Newtonsoft.Json.dll"), Library("Humanizer", "Humanizer.dll"), Library("Cecil", "Mono.Cecil.dll")];

    public static IEnumerable<TargetRow> Measure()
    {
        WeaveFloors.WarmUp();
        foreach (string library in Libraries)
        {
            using var directory = new TemporaryDirectory();
            double[] times = Rounds.Medians(
                RoundCount,
                () => WeaveFloors.ProcessorTime(library, () => Weave(library, directory["woven.dll"])),
                () => WeaveFloors.ProcessorTime(library, () => ReadAndWrite(library, directory["written.dll"])));
            yield return new TargetRow("weave " + Path.GetFileName(library), times[0], "Cecil reads and writes it", times[1], "ms", 2);
        }
    }

    /// <summary>Weaves a library with everything selected.</summary>
    public static void Weave(string library, string output)
    {
        Produce(library, output);
        File.Delete(output);
    }

    /// <summary>As <see cref="Weave"/>; keeps what was written.</summary>
    public static void Produce(string library, string output)
    {
        WeaveResult result = new AssemblyWeaver().Weave(new WeaveRequest
        {
            AssemblyPath = library,
            OutputPath = output,
            RuntimePath = typeof(Probe).Assembly.Location,
            References = [.. Framework.ReferenceAssemblies(), .. Directory.GetFiles(Framework.SharedDirectory, "*.dll")],
            Targets = "*",
        });
        if (result.Outcome != WeaveOutcome.Woven)
            throw new InvalidOperationException(string.Join('\n', result.Diagnostics));
    }

    /// <summary>Reads a library and writes it again.</summary>
    public static void ReadAndWrite(string library, string output)
    {
        using (var module = ModuleDefinition.ReadModule(library, new ReaderParameters { InMemory = true }))
            module.Write(output);
        File.Delete(output);
    }

    private static string Library(string driver, string file) =>
        Path.Combine(AppContext.BaseDirectory, "Programs", "Drivers." + driver, file);
}
