using System;
using System.Collections.Generic;
using System.Diagnostics;
using System.Globalization;
using System.IO;
using System.Linq;
using Microsoft.Build.Framework;

namespace ObjWatch.Benchmarks.Weavers;

/// <summary>
/// A logger that MSBuild loads: how long some tasks of a build took, on the clock and in processor time, with all processes
/// that they started. The build must have one node, in which one task runs at a time.
/// </summary>
public sealed class TaskTimes : ILogger
{
    private const char Separator = '|';

    private readonly List<string> _lines = [];
    private HashSet<string> _tasks = [];
    private string _file = "";
    private long _start;
    private double _before;

    /// <inheritdoc/>
    public LoggerVerbosity Verbosity { get; set; }

    /// <summary>The file for the times, and the names of the tasks, with a bar between them.</summary>
    public string? Parameters { get; set; }

    /// <summary>The argument that makes a build use this logger.</summary>
    /// <param name="file">Where it writes the times.</param>
    /// <param name="tasks">Which tasks it looks at.</param>
    internal static string Argument(string file, IEnumerable<string> tasks) =>
        $"-logger:{typeof(TaskTimes).FullName},{typeof(TaskTimes).Assembly.Location};{string.Join(Separator, tasks.Prepend(file))}";

    /// <summary>What it has written: milliseconds of each task. A task that ran several times counts as one.</summary>
    internal static Dictionary<string, (double Clock, double Processor)> Read(string file) => File.ReadLines(file)
        .Select(line => line.Split(Separator))
        .GroupBy(fields => fields[0], fields => (Clock: Number(fields[1]), Processor: Number(fields[2])))
        .ToDictionary(task => task.Key, task => (task.Sum(time => time.Clock), task.Sum(time => time.Processor)));

    /// <inheritdoc/>
    public void Initialize(IEventSource eventSource)
    {
        string[] parameters = Parameters!.Split(Separator);
        _file = parameters[0];
        _tasks = [.. parameters.Skip(1)];
        eventSource.TaskStarted += (_, started) =>
        {
            if (!_tasks.Contains(ShortName(started.TaskName)))
                return;
            _before = ProcessTree.Time();
            _start = Stopwatch.GetTimestamp();
        };
        eventSource.TaskFinished += (_, finished) =>
        {
            string task = ShortName(finished.TaskName);
            if (!_tasks.Contains(task))
                return;
            double clock = Stopwatch.GetElapsedTime(_start).TotalMilliseconds;
            _lines.Add(FormattableString.Invariant($"{task}{Separator}{clock:0}{Separator}{ProcessTree.Time() - _before:0}"));
        };
    }

    /// <inheritdoc/>
    public void Shutdown() => File.WriteAllLines(_file, _lines);

    // Projects may name a task with its namespace.
    private static string ShortName(string task) => task[(task.LastIndexOf('.') + 1)..];

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
