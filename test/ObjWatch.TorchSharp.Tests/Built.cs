using System.IO;
using System.Linq;
using System.Reflection;
using ObjWatch.Testing;

namespace ObjWatch.TorchSharp.Tests;

/// <summary>What the build has made of the other projects.</summary>
internal static class Built
{
    /// <summary>The folder of the built sample, whose native libraries are links.</summary>
    public static string Sample { get; } = Repository.PathOf("samples", "DistributedTraining", "bin", Metadata("Configuration"), "net10.0");

    /// <summary>The tool that weaves.</summary>
    public static string Weaver { get; } =
        Repository.PathOf("src", "ObjWatch.Tool", "bin", Metadata("Configuration"), "net8.0", "objwatch-weave.dll");

    /// <summary>libLibTorchSharp.so as its package has it.</summary>
    public static string PackagedLibrary { get; } =
        Path.Combine(Metadata("TorchSharpPackage"), "runtimes", "linux-x64", "native", "libLibTorchSharp.so");

    /// <summary>Copies a program to another folder; what is a link becomes a link to the same file.</summary>
    public static void CopyProgram(string from, string to)
    {
        Directory.CreateDirectory(to);
        foreach (FileInfo file in new DirectoryInfo(from).EnumerateFiles())
        {
            string copy = Path.Combine(to, file.Name);
            if (file.ResolveLinkTarget(returnFinalTarget: true) is { } target)
                File.CreateSymbolicLink(copy, target.FullName);
            else
                file.CopyTo(copy);
        }
    }

    /// <summary>Runs the sample in a folder, with what keeps it quick on few cores.</summary>
    public static ProcessResult RunSample(string folder, string[] arguments, params (string Name, string Value)[] environment) =>
        ProgramRunner.Run(
            Path.Combine(folder, "DistributedTraining.dll"),
            arguments,
            environment.Append((Name: "OMP_NUM_THREADS", Value: "1"))
            .ToDictionary(variable => variable.Name, variable => (string?)variable.Value),
            folder);

    private static string Metadata(string key) =>
        typeof(Built).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == key).Value!;
}
