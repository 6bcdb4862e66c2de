using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;

namespace ObjWatch.Benchmarks.Weavers;

/// <summary>The processor time of a process and of all that it has started, as Linux tells it.</summary>
internal static class ProcessTree
{
    private const double MillisecondsPerTick = 10; // USER_HZ is 100 on every Linux that .NET runs on.

    // Behind the name in brackets, which may have spaces: state, parent, and later the times of the process and of its
    // children that have ended.
    private const int Parent = 1;
    private const int FirstTime = 11;
    private const int LastTime = 14;

    /// <summary>Milliseconds of this process, of those it has started, and of those that they have started, whether they have
    /// ended or not.</summary>
    public static double Time()
    {
        Dictionary<int, (int Parent, long Ticks)> processes = Read();
        long ticks = 0;
        foreach (int process in processes.Keys)
        {
            if (Descends(process, processes))
                ticks += processes[process].Ticks;
        }

        return ticks * MillisecondsPerTick;
    }

    private static bool Descends(int process, Dictionary<int, (int Parent, long Ticks)> processes)
    {
        for (int ancestor = process; ;)
        {
            if (ancestor == Environment.ProcessId)
                return true;
            if (!processes.TryGetValue(ancestor, out (int Parent, long Ticks) entry))
                return false;
            ancestor = entry.Parent;
        }
    }

    private static Dictionary<int, (int Parent, long Ticks)> Read()
    {
        var processes = new Dictionary<int, (int Parent, long Ticks)>();
        foreach (string folder in Directory.GetDirectories("/proc"))
        {
            if (!int.TryParse(Path.GetFileName(folder), NumberStyles.None, CultureInfo.InvariantCulture, out int process))
                continue;
            try
            {
                string line = File.ReadAllText(Path.Combine(folder, "stat"));
                string[] fields = line[(line.LastIndexOf(')') + 2)..].Split(' ');
                long ticks = 0;
                for (int i = FirstTime; i <= LastTime; i++)
                    ticks += long.Parse(fields[i], CultureInfo.InvariantCulture);
                processes[process] = (int.Parse(fields[Parent], CultureInfo.InvariantCulture), ticks);
            }
            catch (IOException)
            {
                // It has ended since the folder was listed.
            }
        }

        return processes;
    }
}
