using System;
using System.Threading;

namespace ObjWatch.Testing;

/// <summary>Waits for what must come, however busy the machine is.</summary>
public static class Waiting
{
    /// <summary>When a test is given up. No test measures it: it only ends one that would hang. (A program that is compiled ahead of time
    /// takes a minute of processor time, of which a busy machine may give a tenth.)</summary>
    public static TimeSpan Longest { get; } = TimeSpan.FromMinutes(30);

    /// <summary>Waits until something is so.</summary>
    /// <param name="isSo">Asked again and again.</param>
    /// <exception cref="TimeoutException">It never was.</exception>
    public static void Until(Func<bool> isSo)
    {
        if (!SpinWait.SpinUntil(isSo, Longest))
            throw new TimeoutException($"what the test waits for did not come within {Longest}");
    }
}
