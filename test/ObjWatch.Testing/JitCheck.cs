using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;

namespace ObjWatch.Testing;

/// <summary>Asks the JIT about every method body of an assembly. The test project references ObjWatch.JitAll.</summary>
public static class JitCheck
{
    private static readonly string _tool = Path.Combine(AppContext.BaseDirectory, "ObjWatch.JitAll.dll");

    /// <summary>What could not be loaded or compiled, in words; empty when all is well.</summary>
    /// <param name="assemblyPath">The assembly.</param>
    /// <exception cref="InvalidOperationException">The check itself did not work.</exception>
    public static IReadOnlyList<string> Failures(string assemblyPath)
    {
        ProcessResult result = ProgramRunner.Run(_tool, [assemblyPath, "--optimize"]);
        if (result.ExitCode is not (0 or 2)
            || result.OutputLines.LastOrDefault()?.Contains("bodies compiled", StringComparison.Ordinal) != true)
            throw new InvalidOperationException($"no report on {assemblyPath}:\n{result.Output}\n{result.Error}");
        return [.. result.OutputLines.Where(line => line.StartsWith("FAIL ", StringComparison.Ordinal))];
    }
}
