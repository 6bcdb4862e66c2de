using System;
using System.Reflection;

namespace ObjWatch.Hosting;

/// <summary>The program that this process runs.</summary>
internal static class TracedProgram
{
    /// <summary>What it is called.</summary>
    /// <remarks>While Mono runs a program's module initializer there is no entry assembly yet, and the domain has the name of the
    /// file.</remarks>
    public static string Name => Assembly.GetEntryAssembly()?.GetName().Name ?? WithoutExtension(AppDomain.CurrentDomain.FriendlyName);

    private static string WithoutExtension(string file) =>
        file.EndsWith(".exe", StringComparison.OrdinalIgnoreCase) || file.EndsWith(".dll", StringComparison.OrdinalIgnoreCase)
            ? file[..^4]
            : file;
}
