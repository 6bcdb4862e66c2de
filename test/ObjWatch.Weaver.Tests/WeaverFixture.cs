using System.Collections.Generic;
using System.IO;
using System.Linq;
using NUnit.Framework;
using ObjWatch.Testing;
using ObjWatch.Woven;

namespace ObjWatch.Weaver.Tests;

/// <summary>Gives each test a folder of its own and the weaver a request for what the test compiles there.</summary>
public abstract class WeaverFixture
{
    private TemporaryDirectory _directory = null!;

    /// <summary>The test's folder.</summary>
    protected string Folder => _directory.Path;

    /// <summary>The runtime library that woven programs get.</summary>
    protected static string RuntimePath { get; } = typeof(Probe).Assembly.Location;

    [SetUp]
    public void MakeDirectory() => _directory = new TemporaryDirectory();

    [TearDown]
    public void RemoveDirectory() => _directory.Dispose();

    /// <summary>A path in the test's folder.</summary>
    protected string PathOf(string name) => _directory[name];

    /// <summary>A request to weave everything in an assembly.</summary>
    protected static WeaveRequest Request(string assemblyPath) => new()
    {
        AssemblyPath = assemblyPath,
        RuntimePath = RuntimePath,
        References =
            [.. Framework.ReferenceAssemblies(), .. Directory.GetFiles(Path.GetDirectoryName(assemblyPath)!, "*.dll")
                .Where(path => path != assemblyPath)],
    };

    /// <summary>Weaves everything in an assembly.</summary>
    protected static WeaveResult Weave(string assemblyPath) => new AssemblyWeaver().Weave(Request(assemblyPath));

    /// <summary>The codes of a result, in order.</summary>
    protected static IReadOnlyList<string> CodesOf(WeaveResult result) => result.Diagnostics.Select(diagnostic => diagnostic.Code).ToList();

    /// <summary>Every file of the test's folder with its bytes, to compare before and after.</summary>
    protected IReadOnlyDictionary<string, byte[]> Snapshot() =>
        Directory.EnumerateFiles(Folder, "*", SearchOption.AllDirectories).ToDictionary(path => path, File.ReadAllBytes);
}
