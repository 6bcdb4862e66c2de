using System;
using System.Threading;

namespace ObjWatch.Diagnostics;

/// <summary>What went wrong inside probes: counted, and told once. The traced program never learns of it.</summary>
internal static class ProbeFailures
{
    private static readonly FailureCount _failures = new();

    /// <summary>How many there were.</summary>
    public static long Count => _failures.Value;

    /// <summary>Counts a failure and tells the first one.</summary>
    public static void Note(Exception failure)
    {
        if (failure is ThreadInterruptedException)
        {
            // Meant for a wait of the program's own: it comes back with the next one.
            Thread.CurrentThread.Interrupt();
            return;
        }

        if (_failures.Add())
        {
            StandardError.Say(
                $"warning OBJW1106: a probe failed, its event is incomplete or missing (told once): "
                + $"{failure.GetType().Name}: {failure.Message}");
        }
    }
}
