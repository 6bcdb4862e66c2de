using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Linq;

namespace ObjWatch.Benchmarks.Scale;

/// <summary>A traced process that has ended, and its trace, which is deleted with it.</summary>
internal sealed class RecordedRun : IDisposable
{
    private const int BytesOfEventAtMost = 48;
    private const long Spare = 2L << 30;

    /// <summary>Runs the process.</summary>
    /// <param name="command">What starts it. It prints how many nanoseconds its work took on the clock, and of processor time.</param>
    /// <param name="trace">Where its trace goes.</param>
    /// <param name="events">How many events it raises.</param>
    /// <exception cref="IOException">There is no room for the trace.</exception>
    public RecordedRun(IEnumerable<string> command, string trace, long events)
    {
        Trace = trace;
        Expected = events;
        long free = new DriveInfo(Path.GetDirectoryName(trace)!).AvailableFreeSpace;
        if (free < (events * BytesOfEventAtMost) + Spare)
            throw new IOException(
                string.Create(CultureInfo.InvariantCulture,
                    $"{events:N0} events need {(events * BytesOfEventAtMost + Spare) >> 30} GB in {Path.GetDirectoryName(trace)}, and "
                    + $"{free >> 30} are free"));
        try
        {
            Cost = ChildProcesses.Run(command, WovenProgram.Recording(trace));
            double[] work = [.. Cost.Output.Split(' ').Select(number => double.Parse(number, CultureInfo.InvariantCulture))];
            ClockNanoseconds = work[0] / events;
            ProcessorNanoseconds = work[1] / events;
            Bytes = new FileInfo(trace).Length;
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>The trace.</summary>
    public string Trace { get; }

    /// <summary>How many events it must have.</summary>
    public long Expected { get; }

    /// <summary>What the whole process took.</summary>
    public ProcessCost Cost { get; }

    /// <summary>Of one event, on the clock.</summary>
    public double ClockNanoseconds { get; }

    /// <summary>Of one event, of all threads, those that prepare the trace too.</summary>
    public double ProcessorNanoseconds { get; }

    /// <summary>The size of the trace.</summary>
    public long Bytes { get; }

    /// <summary>Lets <c>objwatch info</c> look at the trace.</summary>
    /// <param name="events">How many events are in it.</param>
    /// <param name="exact">Whether all are to be counted.</param>
    public ProcessCost Info(out long events, bool exact = false)
    {
        string[] options = exact ? ["--exact"] : [];
        ProcessCost cost = ChildProcesses.Run(WovenProgram.ObjWatch(["info", .. options, Trace]));
        string all = cost.Output.Split('\n').First(line => line.EndsWith(" all", StringComparison.Ordinal));
        events = long.Parse(all.AsSpan(0, all.Length - " all".Length), NumberStyles.AllowLeadingWhite, CultureInfo.InvariantCulture);
        return cost;
    }

    /// <summary>Lets <c>objwatch log</c> render the trace for nobody.</summary>
    public ProcessCost Log() => ChildProcesses.Run(["sh", "-c", "exec \"$@\" > /dev/null", "sh", .. WovenProgram.ObjWatch("log", Trace)]);

    public void Dispose() => File.Delete(Trace);
}
