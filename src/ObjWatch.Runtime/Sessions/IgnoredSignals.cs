#if NET
using System;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;

namespace ObjWatch.Sessions;

/// <summary>The signals this process was started to ignore: <c>nohup</c> does that with SIGHUP. They end nothing, so they end no
/// trace.</summary>
internal static class IgnoredSignals
{
    private const string Label = "SigIgn:";

    /// <summary>Whether a signal is ignored. Must be asked before a handler is registered. False where the system does not tell (only Linux
    /// does).</summary>
    public static bool Contains(PosixSignal signal)
    {
        int number = signal switch
        {
            PosixSignal.SIGHUP => 1,
            PosixSignal.SIGINT => 2,
            PosixSignal.SIGQUIT => 3,
            PosixSignal.SIGTERM => 15,
            _ => 0,
        };
        return number != 0 && (Mask() & (1UL << (number - 1))) != 0;
    }

    private static ulong Mask()
    {
        if (!OperatingSystem.IsLinux())
            return 0;
        try
        {
            foreach (string line in File.ReadLines("/proc/self/status"))
            {
                if (!line.StartsWith(Label, StringComparison.Ordinal))
                    continue;
                ReadOnlySpan<char> digits = line.AsSpan(Label.Length).Trim();
                return ulong.TryParse(digits, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out ulong mask) ? mask : 0;
            }
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Without /proc the usual holds: the signal ends the process.
        }

        return 0;
    }
}
#endif
