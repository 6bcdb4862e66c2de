using System;
#if NET
using System.IO;
using System.Runtime.InteropServices;
#endif
using ObjWatch.Configuration;
using ObjWatch.Diagnostics;
using ObjWatch.Ranks;

namespace ObjWatch.Recording;

/// <summary>Starts and ends sessions: one at a time, each with its own outputs.</summary>
internal static class SessionControl
{
    private static readonly object _gate = new();
    private static TracerOptions? _requested;
    private static bool _hooked;
    private static bool _toldNothingWoven;
    private static bool _automaticDone;

    /// <summary>A woven assembly has appeared: tracing begins, unless it is switched off or runs already.</summary>
    public static void AssemblyRegistered()
    {
        using (new Hold(_gate))
        {
            if (!TracingGate.Open)
                return;
            HookToggle();
            if (RecordingSession.Current != null)
                return;
            if (_requested == null && (_automaticDone || !Settings.StartsByItself))
                return;
            _automaticDone = true;
            Settings settings = Settings.Resolve(_requested);
            Begin(settings, new RankWatch(settings.Ranks, final: _requested != null));
            _requested = null;
        }
    }

    /// <summary>Begins a session. One that runs goes on if nothing else is asked for, and ends otherwise.</summary>
    /// <returns>The session that runs now, or null.</returns>
    public static RecordingSession? Start(TracerOptions? options)
    {
        // Who set OBJWATCH=0 wants nothing traced and nothing said.
        if (!TracingGate.Open)
            return null;
        Settings settings = Settings.Resolve(options);
        RankWatch ranks = options == null && RecordingSession.Current is { Failed: false } current
            ? current.Ranks
            : new RankWatch(settings.Ranks, final: true);
        // Before the lock: it may take long, and a Stop must not wait for other ranks. Processes whose rank does not record take part as well.
        ClockBarrier? barrier = ranks.Synchronise();
        RecordingSession? session = Start(options, settings, ranks);
        if (barrier != null)
            session?.NoteBarrier(barrier);
        return session;
    }

    private static RecordingSession? Start(TracerOptions? options, Settings settings, RankWatch ranks)
    {
        using (new Hold(_gate))
        {
            RecordingSession? running = RecordingSession.Current;
            if (running is { Failed: false } && (options == null || running.Ranks == ranks))
            {
                running.Pause(false);
                return running;
            }

            running?.End();
            if (!WovenAssemblies.Any)
            {
                _requested = options ?? new TracerOptions();
                if (!_toldNothingWoven)
                {
                    StandardError.Say(
                        "warning OBJW1105: no woven assembly is loaded, so nothing is recorded; "
                        + "build with -p:ObjWatch=true, or run objwatch-weave on the program");
                }

                _toldNothingWoven = true;
                return null;
            }

            return Begin(settings, ranks);
        }
    }

    /// <summary>Ends a session: the given one, or whichever runs.</summary>
    public static void Stop(RecordingSession? session)
    {
        using (new Hold(_gate))
        {
            if (session == null)
                _requested = null;
            (session ?? RecordingSession.Current)?.End();
        }
    }

    /// <summary>Pauses the session that runs, or goes on with it.</summary>
    public static void Pause(bool paused)
    {
        using (new Hold(_gate))
            RecordingSession.Current?.Pause(paused);
    }

    /// <summary>Pauses the session that runs, goes on with one that is paused, or begins one where there is none.</summary>
    public static void Toggle()
    {
        using (new Hold(_gate))
        {
            if (RecordingSession.Current is not { } running)
            {
                // Only this process was sent the signal: it must not wait for others.
                Settings settings = Settings.Resolve(null);
                if (Start(null, settings, new RankWatch(settings.Ranks, final: true)) != null)
                    StandardError.Say("tracing begins: SIGUSR1");
                return;
            }

            bool paused = !running.Paused;
            running.Pause(paused);
            StandardError.Say(paused ? "tracing is paused: SIGUSR1" : "tracing goes on: SIGUSR1");
        }
    }

    private static RecordingSession? Begin(Settings settings, RankWatch ranks)
    {
        // Nothing to say: with hundreds of ranks that do not record, this is no news.
        if (ranks.Excluded)
            return null;
        try
        {
            // First: once the session records, the program may end at any moment, on another thread than this.
            Hook();
            return RecordingSession.Begin(settings, ranks);
        }
        catch (Exception failure)
        {
            StandardError.Say($"error OBJW1102: nothing is recorded: {failure.Message}");
            return null;
        }
    }

    private static void Hook()
    {
        if (_hooked)
            return;
        _hooked = true;
        AppDomain.CurrentDomain.ProcessExit += static (_, _) => Stop(null);
        AppDomain.CurrentDomain.UnhandledException += static (_, crash) => StopAfter(crash.ExceptionObject);
#if NET
        foreach (PosixSignal signal in (ReadOnlySpan<PosixSignal>)[PosixSignal.SIGTERM, PosixSignal.SIGHUP, PosixSignal.SIGINT])
        {
            if (!IgnoredSignals.Contains(signal))
                _signals[_signalCount++] = PosixSignalRegistration.Create(signal, OnSignal);
        }
#endif
    }

    /// <summary>No handler runs after an exception that nobody catches: what it has left is written here.</summary>
    private static void StopAfter(object exception)
    {
        if (ThreadRecorder.Current is { Busy: false } recorder)
            CallRecords.CloseAbove(recorder, -1, exception);
        Stop(null);
    }

    /// <summary>SIGUSR1 toggles. Its number is the system's; .NET itself does not use it (CoreCLR's and Native AOT's own signal is SIGRTMIN).</summary>
    private static void HookToggle()
    {
#if NET
        if (_toggle != null || OperatingSystem.IsWindows() || OperatingSystem.IsBrowser() || OperatingSystem.IsWasi())
            return;
        // Hydra, MPICH's launcher, tells the others by this signal that a process of the job has failed: nobody wants them to pause.
        if (Environment.GetEnvironmentVariable(EnvironmentRank.HydraRank) != null)
            return;
        bool isLinux = OperatingSystem.IsLinux() || OperatingSystem.IsAndroid();
        try
        {
            _toggle = PosixSignalRegistration.Create((PosixSignal)(isLinux ? LinuxUser1 : BsdUser1), OnToggle);
        }
        catch (Exception failure) when (failure is IOException or PlatformNotSupportedException or ArgumentOutOfRangeException)
        {
            // Then there is no signal to toggle with, and all else works.
        }
#endif
    }

#if NET
    private const int LinuxUser1 = 10; // signal(7), on x86, Arm, RISC-V and most others
    private const int BsdUser1 = 30; // macOS and FreeBSD: sys/signal.h
    private static PosixSignalRegistration? _toggle;

    private static void OnToggle(PosixSignalContext context)
    {
        // A program that uses the signal itself has said so by now, as with the others.
        if (context.Cancel)
            return;
        context.Cancel = true;
        Toggle();
    }
#endif

#if NET
    // Registrations end when they are collected.
    private static readonly PosixSignalRegistration[] _signals = new PosixSignalRegistration[3];
    private static int _signalCount;

    private static void OnSignal(PosixSignalContext context)
    {
        // Handlers run last registered first, so a program that goes on after the signal has said so by now.
        if (!context.Cancel)
            Stop(null);
    }
#endif
}
