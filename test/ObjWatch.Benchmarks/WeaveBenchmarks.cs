using System;
using System.Collections.Generic;
using System.Diagnostics.CodeAnalysis;
using System.IO;
using System.Linq;
using BenchmarkDotNet.Attributes;
using ObjWatch.Testing;

namespace ObjWatch.Benchmarks;

/// <summary>The time it takes to weave a library, beside a plain read and write.</summary>
[InProcess]
[MaxIterationCount(20)]
[SuppressMessage("Design", "CA1001", Justification = "BenchmarkDotNet calls the cleanup.")]
public class WeaveBenchmarks
{
    private TemporaryDirectory _directory = null!;

    /// <summary>The file name of the library.</summary>
    [ParamsSource(nameof(Libraries))]
    public string Library { get; set; } = "";

    public static IEnumerable<string> Libraries => WeaveTargets.Libraries.Select(path => Path.GetFileName(path)!);

    private string LibraryPath =>
        WeaveTargets.Libraries.Single(path => path.EndsWith(Path.DirectorySeparatorChar + Library, StringComparison.Ordinal));

    [GlobalSetup]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [GlobalCleanup]
    public void Clean() => _directory.Dispose();

    [Benchmark]
    public void Weave() => WeaveTargets.Weave(LibraryPath, _directory["woven.dll"]);

    [Benchmark(Baseline = true)]
    public void ReadAndWrite() => WeaveTargets.ReadAndWrite(LibraryPath, _directory["written.dll"]);
}
