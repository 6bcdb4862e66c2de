using System;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Text;

namespace ObjWatch.Benchmarks.Scale;

/// <summary>A program of ten thousand methods, each of which is called a few times.</summary>
internal sealed class ManyMethods
{
    private const int Types = 100;
    private const int MethodsOfType = 100;
    private const int Calls = 3;

    private readonly WovenProgram _program;
    private readonly string _trace;

    /// <param name="folder">Where the program and its trace go.</param>
    public ManyMethods(string folder)
    {
        _program = new WovenProgram("Many", Source(), "Work", Path.Combine(folder, "Many"));
        _trace = Path.Combine(folder, "many.objtrace");
        if (Woven != Types * MethodsOfType)
            throw new InvalidOperationException($"{Woven} methods were woven");
    }

    /// <summary>How many of its methods were woven.</summary>
    public int Woven => _program.Result.Methods.Count(method => method.Woven);

    /// <summary>Calls them all.</summary>
    public RecordedRun Run() => new(_program.Command(), _trace, 2L * Calls * Types * MethodsOfType);

    private static string Source()
    {
        var source = new StringBuilder();
        var callers = new StringBuilder();
        for (int type = 0; type < Types; type++)
        {
            source.AppendLine(CultureInfo.InvariantCulture, $"namespace Work {{ public static class Type{type} {{");
            callers.AppendLine(CultureInfo.InvariantCulture, $"private static int Call{type}(int x) {{");
            for (int method = 0; method < MethodsOfType; method++)
            {
                source.AppendLine(CultureInfo.InvariantCulture, $"public static int Method{method}(int x) => x + {method};");
                callers.AppendLine(CultureInfo.InvariantCulture, $"x = Work.Type{type}.Method{method}(x);");
            }

            source.AppendLine("} }");
            callers.AppendLine("return x; }");
        }

        string calls = string.Join(' ', Enumerable.Range(0, Types).Select(type => FormattableString.Invariant($"x = Call{type}(x);")));
        return $$"""
            using System;
            using System.Diagnostics;
            using System.Globalization;

            internal static class Program
            {
                private static void Main()
                {
                    using var process = Process.GetCurrentProcess();
                    TimeSpan before = process.TotalProcessorTime;
                    long start = Stopwatch.GetTimestamp();
                    int x = 0;
                    for (int i = 0; i < {{Calls}}; i++)
                    {
                        {{calls}}
                    }

                    TimeSpan elapsed = Stopwatch.GetElapsedTime(start);
                    process.Refresh();
                    Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                        $"{elapsed.TotalNanoseconds:F0} {(process.TotalProcessorTime - before).TotalNanoseconds:F0}"));
                }

                {{callers}}
            }

            {{source}}
            """;
    }
}
