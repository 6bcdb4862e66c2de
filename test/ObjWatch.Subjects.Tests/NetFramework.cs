using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Reflection;
using Microsoft.CodeAnalysis.CSharp;
using NUnit.Framework;
using ObjWatch.Testing;

namespace ObjWatch.Subjects.Tests;

/// <summary>.NET Framework 4.7.2, as programs are compiled for it. They run on Mono, where it is installed.</summary>
internal static class NetFramework
{
    private static readonly string _folder =
        typeof(NetFramework).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>()
        .Single(attribute => attribute.Key == "NetFramework").Value!;

    /// <summary>What programs compile against.</summary>
    public static IReadOnlyList<string> ReferenceAssemblies { get; } =
        [.. Directory.GetFiles(_folder, "*.dll").Concat(Directory.GetFiles(Path.Combine(_folder, "Facades"), "*.dll")).Where(IsManaged)];

    /// <summary>Ignores the test where there is no Mono.</summary>
    public static void NeedsMono()
    {
        if (MonoRuntime.Missing is { } reason)
            Assert.Ignore(reason);
    }

    /// <summary>Compiles a subject, as C# 7.3.</summary>
    public static CompiledProgram Compile(Subject subject, bool optimize, string folder) => Compiler.Compile(new CompileRequest
    {
        Name = subject.Name,
        Sources = new Dictionary<string, string> { [subject.Name + ".cs"] = subject.Source },
        Optimize = optimize,
        Directory = folder,
        Language = LanguageVersion.CSharp7_3,
        FrameworkReferences = ReferenceAssemblies,
    });

    private static bool IsManaged(string path) =>
        !Path.GetFileName(path).StartsWith("System.EnterpriseServices.", System.StringComparison.Ordinal);
}
