using System;
using System.Collections.Generic;
using System.Linq;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>What woven libraries cost programs that are not being traced, in processor time; woven and unwoven processes in turn.</summary>
internal static class OffTarget
{
    private const int CompiledPairs = 3;
    private const int WholePairs = 5;

    // How often the work is repeated in a process: some four seconds, until the JIT has nothing left to do.
    private static readonly (string File, int Repetitions)[] _libraries =
        [("Newtonsoft.Json.dll", 100), ("Mono.Cecil.dll", 100), ("Google.Protobuf.dll", 270)];

    public static IEnumerable<TargetRow> Measure()
    {
        List<double[]> compiled = [];
        List<double[]> whole = [];
        foreach ((string file, int repetitions) in _libraries)
        {
            LibraryDriver driver = LibraryDriver.All.Single(driver => driver.File == file);
            using var directory = new TemporaryDirectory();
            driver.Weave(directory["woven.dll"]);
            string woven = driver.Deploy(directory["woven"], directory["woven.dll"]);
            string plain = driver.Deploy(directory["plain"]);
            compiled.Add(
                Rounds.Medians(CompiledPairs, () => driver.RunCompiled(woven, repetitions), () => driver.RunCompiled(plain, repetitions)));
            whole.Add(Rounds.Medians(WholePairs, () => driver.RunOff(woven).Processor, () => driver.RunOff(plain).Processor));
            yield return Row($"{file} woven, off, compiled", compiled[^1]);
            yield return Row($"{file} woven, off, whole run", whole[^1]);
        }

        yield return Row("all three, geometric mean, compiled", Mean(compiled));
        yield return Row("all three, geometric mean, whole run", Mean(whole));
    }

    private static TargetRow Row(string name, double[] times) => new(name, times[0], "unwoven", times[1], "ms", 1.05);

    private static double[] Mean(List<double[]> times) =>
        [.. new[] { 0, 1 }.Select(i => Math.Exp(times.Average(pair => Math.Log(pair[i]))))];
}
