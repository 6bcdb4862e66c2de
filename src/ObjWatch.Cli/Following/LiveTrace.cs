using System;
using System.Diagnostics;
using System.IO;
using System.Threading;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Cli.Following;

/// <summary>
/// Follows a trace that another process is writing: hands on what has been recorded a moment ago, until the trace is closed, its process
/// has ended, or the user has seen enough.
/// </summary>
/// <remarks>It looks again and again, because a system tells nobody of what is stored into mapped memory.</remarks>
internal sealed class LiveTrace
{
    private const int MillisecondsBetweenLooks = 20;

    // A thread takes the time of a record a moment before the record is complete.
    private static readonly long _settling = Stopwatch.Frequency / 200;

    private readonly TraceReader _reader;
    private readonly RecordedProcess _process;
    private readonly bool _sameClock;

    /// <param name="reader">The trace, open as one that grows.</param>
    public LiveTrace(TraceReader reader)
    {
        _reader = reader;
        _process = new RecordedProcess(reader.Header);
        // A trace of another machine has ticks of another clock: there the order of threads is as near as can be had.
        _sameClock = reader.Header.Frequency == (ulong)Stopwatch.Frequency && reader.Header.StartTicks <= (ulong)Stopwatch.GetTimestamp();
    }

    /// <summary>Waits until a trace that is just being made has its header.</summary>
    public static void WaitForHeader(string path, CancellationToken stopped)
    {
        var file = new FileInfo(path);
        for (int look = 0; look < 50 && file.Exists && file.Length < TraceFormat.HeaderSize; look++)
        {
            stopped.WaitHandle.WaitOne(MillisecondsBetweenLooks);
            file.Refresh();
        }
    }

    /// <summary>Follows the trace to its end.</summary>
    /// <param name="render">Hands on all records up to a time.</param>
    /// <param name="stopped">Signalled when the user has seen enough.</param>
    /// <returns>The time up to which everything has been handed on: after an interruption a program may record faster than anybody can
    /// read.</returns>
    public ulong Follow(Action<ulong> render, CancellationToken stopped)
    {
        while (true)
        {
            // Asked first: what was recorded before the end is found after it.
            bool ended = TraceHeader.IsClosed(_reader.File) || !_process.IsRunning();
            ulong watermark = _sameClock && !ended ? (ulong)(Stopwatch.GetTimestamp() - _settling) : ulong.MaxValue;
            _reader.Scan();
            render(watermark);
            if (stopped.IsCancellationRequested)
                return watermark;
            if (ended)
            {
                // What is missing now is lost.
                _reader.Growing = false;
                render(ulong.MaxValue);
                return ulong.MaxValue;
            }

            stopped.WaitHandle.WaitOne(MillisecondsBetweenLooks);
        }
    }

    /// <summary>Whether a newer run writes a trace of the same name by now.</summary>
    public static bool IsReplaced(string path, TraceHeader followed)
    {
        try
        {
            using var file = new TraceFile(path);
            TraceHeader now = TraceHeader.Read(file, new TraceDamage());
            return (now.ProcessId, now.StartTicks, now.StartTime) != (followed.ProcessId, followed.StartTicks, followed.StartTime);
        }
        catch (Exception exception) when (exception is IOException or InvalidDataException or UnauthorizedAccessException)
        {
            return false;
        }
    }
}
