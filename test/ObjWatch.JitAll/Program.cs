using System;
using System.Collections.Generic;
using System.IO;

namespace ObjWatch.JitAll;

/// <summary>
/// Compiles every method body of an assembly with the JIT, without running any of it, and tells which ones it refuses:
/// <c>ObjWatch.JitAll ASSEMBLY [--directory DIR]... [--optimize]</c>.
/// Exit code 0: all compiled; 1: bad usage; 2: at least one failed.
/// </summary>
internal static class Program
{
    private static int Main(string[] arguments)
    {
        string? assembly = null;
        var directories = new List<string>();
        bool optimize = false;
        int? first = null;
        for (int i = 0; i < arguments.Length; i++)
        {
            if (arguments[i] == "--optimize")
                optimize = true;
            else if (arguments[i] == "--directory" && i + 1 < arguments.Length)
                directories.Add(Path.GetFullPath(arguments[++i]));
            else if (arguments[i] == Supervisor.WorkerOption && i + 1 < arguments.Length)
                first = int.Parse(arguments[++i], System.Globalization.CultureInfo.InvariantCulture);
            else if (assembly is null && !arguments[i].StartsWith('-'))
                assembly = Path.GetFullPath(arguments[i]);
            else
                return Usage($"unknown argument '{arguments[i]}'");
        }

        if (assembly is null)
            return Usage("no assembly given");
        if (!File.Exists(assembly))
            return Usage($"there is no file '{assembly}'");
        if (first is int ordinal)
        {
            new Worker(assembly, directories, Console.Out).Run(ordinal);
            return 0;
        }

        return new Supervisor(assembly, directories, optimize, Console.Out).Run();
    }

    private static int Usage(string problem)
    {
        Console.Error.WriteLine($"{problem}; usage: ObjWatch.JitAll ASSEMBLY [--directory DIR]... [--optimize]");
        return 1;
    }
}
