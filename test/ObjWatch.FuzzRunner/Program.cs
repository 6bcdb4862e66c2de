using System;
using System.IO;
using System.Text.Json;

namespace ObjWatch.FuzzRunner;

/// <summary>
/// Runs generated programs one after the other. Each line of standard input names an assembly and, behind a tab, the trace to leave
/// (<c>-</c>: none); each is answered with one line: what the program printed, as a JSON string.
/// </summary>
internal static class Program
{
    private static void Main()
    {
        while (Console.In.ReadLine() is { } line)
        {
            string[] parts = line.Split('\t');
            string output = GeneratedProgram.Run(parts[0], parts[1] == "-" ? null : parts[1]);
            Console.Out.WriteLine(JsonSerializer.Serialize(output));
            Console.Out.Flush();
            if (parts[1] != "-" && !File.Exists(parts[1]))
                Console.Error.WriteLine("there is no " + parts[1]);
        }
    }
}
