using System;
using System.IO;

namespace ObjWatch.Hosting;

/// <summary>The machine that this process runs on.</summary>
internal static class Machine
{
    private const string BootId = "/proc/sys/kernel/random/boot_id";

    /// <summary>Its name.</summary>
    public static string Name => Environment.MachineName;

    /// <summary>Names the clock behind Stopwatch: where two processes give the same name, their ticks count from the same moment. Empty:
    /// not known.</summary>
    /// <remarks>On Linux Stopwatch reads CLOCK_MONOTONIC, which begins with the boot (clock_gettime(2)).</remarks>
    public static string Clock
    {
        get
        {
            try
            {
                return File.Exists(BootId) ? $"boot {File.ReadAllText(BootId).Trim()}{TimeNamespace}" : "";
            }
            catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
            {
                return "";
            }
        }
    }

    /// <summary>A container may count from another moment (time_namespaces(7)).</summary>
#if NET
    private static string TimeNamespace => new FileInfo("/proc/self/ns/time").LinkTarget is { } name ? " " + name : "";
#else
    private static string TimeNamespace => "";
#endif
}
