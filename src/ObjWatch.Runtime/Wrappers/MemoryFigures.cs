using System;
using System.Diagnostics;
using System.Globalization;
using System.IO;

namespace ObjWatch.Wrappers;

/// <summary>How much memory there is and is in use, at one moment.</summary>
internal readonly struct MemoryFigures
{
    private const string LinuxFigures = "/proc/meminfo";

    private readonly long _total;
    private readonly long _available;
    private readonly long _free;

    private MemoryFigures(long total, long available, long free)
    {
        _total = total;
        _available = available;
        _free = free;
    }

    /// <summary>Reads them.</summary>
    public static MemoryFigures Read()
    {
        long total = 0;
        long available = 0;
        long free = -1;
#if NET
        GCMemoryInfo info = GC.GetGCMemoryInfo();
        total = info.TotalAvailableMemoryBytes;
        available = Math.Max(0, total - info.MemoryLoadBytes);
#endif
        if (File.Exists(LinuxFigures))
        {
            foreach (string line in File.ReadLines(LinuxFigures))
            {
                if (line.StartsWith("MemTotal:", StringComparison.Ordinal) && total == 0)
                    total = Kilobytes(line);
                else if (line.StartsWith("MemFree:", StringComparison.Ordinal))
                    free = Kilobytes(line);
                else if (line.StartsWith("MemAvailable:", StringComparison.Ordinal))
                {
                    available = Kilobytes(line);
                    break;
                }
            }
        }

        // A container may have less than the machine.
        available = total == 0 ? available : Math.Min(available, total);
        return new MemoryFigures(total, available, free < 0 ? available : Math.Min(free, available));
    }

    /// <summary>One of them as a text.</summary>
    public string Show(MemoryMetric metric)
    {
        switch (metric)
        {
            case MemoryMetric.Total:
                return Text(_total);
            case MemoryMetric.Available:
                return Text(_available);
            case MemoryMetric.Percent:
                double percent = _total == 0 ? 0 : (_total - _available) * 100.0 / _total;
                return percent.ToString("0.0", CultureInfo.InvariantCulture);
            case MemoryMetric.Used:
                return Text(_total - _available);
            case MemoryMetric.Free:
                return Text(_free);
            case MemoryMetric.WorkingSet:
                using (var process = Process.GetCurrentProcess())
                    return Text(process.WorkingSet64);
            default:
                return Text(GC.GetTotalMemory(forceFullCollection: false));
        }
    }

    private static string Text(long bytes) => bytes.ToString(CultureInfo.InvariantCulture);

    private static long Kilobytes(string line)
    {
        string number = line.Substring(line.IndexOf(':') + 1).Replace("kB", "").Trim();
        return long.TryParse(number, NumberStyles.None, CultureInfo.InvariantCulture, out long kilobytes) ? kilobytes * 1024 : 0;
    }
}
