#if NET
using System;
using System.IO;
using System.Runtime.InteropServices;
using ObjWatch.Ranks;

namespace ObjWatch.Sessions;

/// <summary>SIGUSR1. Its number is the system's; .NET itself does not use it (CoreCLR's and Native AOT's own signal is SIGRTMIN).</summary>
internal sealed class ToggleSignal
{
    private const int LinuxUser1 = 10; // signal(7), on x86, Arm, RISC-V and most others
    private const int BsdUser1 = 30; // macOS and FreeBSD: sys/signal.h

    private readonly Action _toggle;
    private PosixSignalRegistration? _registration;

    /// <param name="toggle">Called when the signal comes.</param>
    public ToggleSignal(Action toggle) => _toggle = toggle;

    /// <summary>Takes hold, the first time. Callers hold a lock.</summary>
    public void Hook()
    {
        if (_registration != null || OperatingSystem.IsWindows() || OperatingSystem.IsBrowser() || OperatingSystem.IsWasi())
            return;
        // Hydra, MPICH's launcher, tells the others by this signal that a process of the job has failed: nobody wants them to pause.
        if (Environment.GetEnvironmentVariable(EnvironmentRank.HydraRank) != null)
            return;
        bool isLinux = OperatingSystem.IsLinux() || OperatingSystem.IsAndroid();
        try
        {
            _registration = PosixSignalRegistration.Create((PosixSignal)(isLinux ? LinuxUser1 : BsdUser1), OnSignal);
        }
        catch (Exception failure) when (failure is IOException or PlatformNotSupportedException or ArgumentOutOfRangeException)
        {
            // Then there is no signal to toggle with, and all else works.
        }
    }

    private void OnSignal(PosixSignalContext context)
    {
        // A program that uses the signal itself has said so by now, as with the others.
        if (context.Cancel)
            return;
        context.Cancel = true;
        _toggle();
    }
}
#endif
