using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Text.Json;
using ObjWatch.Weaver.Diagnostics;

namespace ObjWatch.Tool.Packing;

/// <summary>The part of the build that runs before a project is packed.</summary>
internal sealed class PackCommand
{
    private readonly MessagePrinter _printer;

    public PackCommand(MessagePrinter printer) => _printer = printer;

    /// <summary>Writes the project.assets.json that the package's dependencies are taken from; returns the exit code.</summary>
    /// <param name="assets">The project's own.</param>
    /// <param name="output">Where the other one goes.</param>
    /// <param name="assemblies">What is packed, as <see cref="PackedAssembly.Parse"/> reads it.</param>
    public int Run(string assets, string output, IEnumerable<string> assemblies)
    {
        try
        {
            string rewritten = PackedDependencies.Rewrite(File.ReadAllText(assets), assemblies.Select(PackedAssembly.Parse));
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(output))!);
            File.WriteAllText(output, rewritten);
            return ExitCode.Woven;
        }
        catch (Exception exception)
            when (exception is IOException or UnauthorizedAccessException or JsonException or InvalidOperationException)
        {
            _printer.Print(Codes.DependenciesUnknown.About(assets, exception.Message));
            return ExitCode.Failed;
        }
    }
}
