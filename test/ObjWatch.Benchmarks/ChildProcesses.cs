using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using System.Runtime.InteropServices;
using System.Threading.Tasks;

namespace ObjWatch.Benchmarks;

/// <summary>Runs processes and says what they took. One at a time: the system adds up the processor time of all that have ended.</summary>
internal static class ChildProcesses
{
    private const int Children = -1; // RUSAGE_CHILDREN
    private const int MillisecondsBetweenLooks = 3;

    /// <summary>Milliseconds of processor time of all child processes that have ended.</summary>
    public static double Time
    {
        get
        {
            long[] usage = new long[18]; // struct rusage: user and system time, each in seconds and microseconds, come first
            if (GetUsage(Children, usage) != 0)
                throw new PlatformNotSupportedException("getrusage");
            return (usage[0] + usage[2]) * 1000.0 + (usage[1] + usage[3]) / 1000.0;
        }
    }

    /// <summary>Starts a process whose standard input and output belong to the caller.</summary>
    public static Process Start(IEnumerable<string> command, IReadOnlyDictionary<string, string?>? environment = null)
    {
        var start = new ProcessStartInfo(command.First(), command.Skip(1)) { RedirectStandardInput = true, RedirectStandardOutput = true };
        foreach (KeyValuePair<string, string?> variable in environment ?? new Dictionary<string, string?>())
            start.Environment[variable.Key] = variable.Value;
        return Process.Start(start)!;
    }

    /// <summary>Runs a process to its end.</summary>
    /// <exception cref="InvalidOperationException">It failed; the message holds its standard output.</exception>
    public static ProcessCost Run(IEnumerable<string> command, IReadOnlyDictionary<string, string?>? environment = null)
    {
        double before = Time;
        long start = Stopwatch.GetTimestamp();
        using Process process = Start(command, environment);
        process.StandardInput.Close();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        double peak = 0;
        do
        {
            peak = Math.Max(peak, PeakOf(process.Id));
        }
        while (!process.WaitForExit(MillisecondsBetweenLooks));
        double seconds = Stopwatch.GetElapsedTime(start).TotalSeconds;
        process.WaitForExit();
        if (process.ExitCode != 0)
            throw new InvalidOperationException(
                $"{string.Join(' ', command)} ended with {process.ExitCode}\n{output.GetAwaiter().GetResult()}");
        return new ProcessCost(seconds, (Time - before) / 1000, peak, output.GetAwaiter().GetResult());
    }

    // Asked for while it runs, because nobody knows afterwards. The system keeps the highest figure, so only the last few milliseconds can
    // be missing.
    private static double PeakOf(int process)
    {
        try
        {
            foreach (string line in File.ReadLines(FormattableString.Invariant($"/proc/{process}/status")))
            {
                if (line.StartsWith("VmHWM:", StringComparison.Ordinal))
                    return double.Parse(line.AsSpan(6, line.Length - 6 - " kB".Length), NumberStyles.AllowLeadingWhite,
                        CultureInfo.InvariantCulture) / 1024;
            }
        }
        catch (IOException)
        {
            // It has ended, or there is no such file.
        }

        return 0;
    }

    [DllImport("libc", EntryPoint = "getrusage")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetUsage(int who, [Out] long[] usage);
}
