using System;
using System.Globalization;
using System.IO;

namespace Drivers;

/// <summary>
/// The frame of a driver: runs its work once and prints what came of it, or, with a number as argument, that many times more and tells on
/// standard error how many milliseconds of processor time each of those took, all threads together.
/// </summary>
internal static class Workload
{
    /// <summary>Runs the work as the arguments say.</summary>
    /// <returns>The exit code.</returns>
    public static int Run(string[] arguments, Action<TextWriter> work)
    {
        int repetitions = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 0;
        using var output = new StringWriter(CultureInfo.InvariantCulture) { NewLine = "\n" };
        work(output);
        Console.Out.Write(output.ToString());
        for (int i = 0; i < repetitions; i++)
        {
            TimeSpan start = Environment.CpuUsage.TotalTime;
            work(TextWriter.Null);
            double milliseconds = (Environment.CpuUsage.TotalTime - start).TotalMilliseconds;
            Console.Error.WriteLine(milliseconds.ToString("0.000", CultureInfo.InvariantCulture));
        }

        return 0;
    }
}
