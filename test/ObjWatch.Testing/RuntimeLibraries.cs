using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ObjWatch.Testing;

/// <summary>What a woven program needs beside it, as it lies beside the tests.</summary>
public static class RuntimeLibraries
{
    /// <summary>The library that woven code calls.</summary>
    public const string Main = "ObjWatch.Runtime.dll";

    /// <summary>The paths of it and of what it needs.</summary>
    public static IReadOnlyList<string> Paths { get; } =
        [.. new[]
            { Main, "ObjWatch.Trace.dll",
                "Microsoft.Extensions.Logging.Abstractions.dll" }.Select(name => Path.Combine(AppContext.BaseDirectory, name))];

    /// <summary>Puts them beside a program.</summary>
    /// <param name="directory">Its folder.</param>
    public static void CopyTo(string directory)
    {
        foreach (string path in Paths)
            File.Copy(path, Path.Combine(directory, Path.GetFileName(path)), overwrite: true);
    }
}
