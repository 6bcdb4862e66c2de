using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>What a woven library costs a program that is not being traced.</summary>
internal static class OffTarget
{
    private const int ProcessPairs = 5;
    private const int Repetitions = 40;
    private const int WarmUp = 25;
    private const string Library = "Newtonsoft.Json.dll";

    public static IEnumerable<TargetRow> Measure()
    {
        using var directory = new TemporaryDirectory();
        string source = Path.GetDirectoryName(WeaveTargets.Libraries[0])!;
        string plain = Copy(source, directory["plain"]);
        string woven = Copy(source, directory["woven"]);
        WeaveInPlace(woven);
        double[] times = Rounds.Medians(ProcessPairs, () => Run(woven), () => Run(plain));
        yield return new TargetRow("Newtonsoft.Json woven, tracing off", times[0], "unwoven", times[1], "ms", 1.05);
    }

    // A copy without deps.json loads whatever lies beside it, the runtime library too.
    private static string Copy(string source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (string path in Directory.GetFiles(source).Where(path => !path.EndsWith(".deps.json", StringComparison.Ordinal)))
            File.Copy(path, Path.Combine(target, Path.GetFileName(path)));
        return target;
    }

    private static void WeaveInPlace(string folder)
    {
        string library = Path.Combine(folder, Library);
        string woven = Path.Combine(folder, "woven.tmp");
        WeaveTargets.Produce(library, woven);
        File.Move(woven, library, overwrite: true);
        foreach (string name in new[] { "ObjWatch.Runtime.dll", "Microsoft.Extensions.Logging.Abstractions.dll" })
            File.Copy(Path.Combine(AppContext.BaseDirectory, name), Path.Combine(folder, name));
    }

    private static double Run(string folder)
    {
        ProcessResult result = ProgramRunner.Run(
            Path.Combine(folder, "Drivers.NewtonsoftJson.dll"),
            [Repetitions.ToString(CultureInfo.InvariantCulture)],
            new Dictionary<string, string?> { ["OBJWATCH"] = "0" });
        if (result.ExitCode != 0)
            throw new InvalidOperationException(result.Error);
        // The best: what disturbs a repetition only ever makes it longer.
        return result.ErrorLines.Skip(WarmUp).Min(line => double.Parse(line, CultureInfo.InvariantCulture));
    }
}
