using System;
using System.Diagnostics;
using System.Runtime.InteropServices;

namespace ObjWatch.Benchmarks;

/// <summary>The processor time of the calling thread: usable on a machine that does other things too. On Windows the time on the
/// clock.</summary>
internal static class ThreadClock
{
    /// <summary>Nanoseconds since some moment in the past.</summary>
    public static long Nanoseconds
    {
        get
        {
            if (OperatingSystem.IsWindows())
                return Stopwatch.GetTimestamp() * (1_000_000_000 / Stopwatch.Frequency);
            int threadClock = OperatingSystem.IsMacOS() ? 16 : 3;
            if (GetTime(threadClock, out TimeSpec time) != 0)
                throw new PlatformNotSupportedException("no clock for a thread's processor time");
            return (time.Seconds * 1_000_000_000) + time.Nanoseconds;
        }
    }

    /// <summary>Nanoseconds that an action takes, for each of so many things it does.</summary>
    public static double Measure(Action<int> action, int count)
    {
        long start = Nanoseconds;
        action(count);
        return (Nanoseconds - start) / (double)count;
    }

    [DllImport("libc", EntryPoint = "clock_gettime")]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int GetTime(int clock, out TimeSpec time);

    [StructLayout(LayoutKind.Sequential)]
    private struct TimeSpec
    {
        public long Seconds;
        public long Nanoseconds;
    }
}
