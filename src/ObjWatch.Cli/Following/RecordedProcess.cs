using System;
using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Cli.Following;

/// <summary>The process that writes a trace, as far as this machine knows it.</summary>
internal sealed class RecordedProcess
{
    // Where the system counts from its own start, the times that two processes find for a third differ a little.
    private static readonly TimeSpan _tolerance = TimeSpan.FromSeconds(5);

    private readonly int _id;
    private readonly DateTime? _start;

    /// <param name="header">The trace's header, which names the process.</param>
    public RecordedProcess(TraceHeader header)
    {
        _id = header.ProcessId <= int.MaxValue ? (int)header.ProcessId : 0;
        if (header.ProcessStart != 0 && header.ProcessStart <= (ulong)DateTime.MaxValue.Ticks)
            _start = new DateTime((long)header.ProcessStart, DateTimeKind.Utc);
    }

    /// <summary>Whether it runs: a process of its number that began when it did, and that has not ended.</summary>
    public bool IsRunning()
    {
        try
        {
            using Process process = Process.GetProcessById(_id);
            return !IsZombie() && (_start is null || (process.StartTime.ToUniversalTime() - _start.Value).Duration() < _tolerance);
        }
        catch (ArgumentException)
        {
            return false;
        }
        catch (InvalidOperationException)
        {
            // It ended while it was looked at.
            return false;
        }
        catch (Win32Exception)
        {
            // There is one that may not be looked at: somebody else's, who may as well be the one.
            return true;
        }
    }

    /// <summary>Whether it has ended and only its parent has not asked for its exit code yet.</summary>
    private bool IsZombie()
    {
        if (!OperatingSystem.IsLinux())
            return false;
        try
        {
            string stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{_id}/stat"));
            int state = stat.LastIndexOf(')') + 2;
            return state < stat.Length && (stat[state] is 'Z' or 'X');
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
