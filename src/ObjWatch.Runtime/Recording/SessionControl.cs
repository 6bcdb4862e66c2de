using System;
#if NET
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
            if (RecordingSession.Current != null || !TracingGate.Open)
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
                return running;
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

    private static RecordingSession? Begin(Settings settings, RankWatch ranks)
    {
        // Nothing to say: with hundreds of ranks that do not record, this is no news.
        if (ranks.Excluded)
            return null;
        try
        {
            RecordingSession session = RecordingSession.Begin(settings, ranks);
            Hook();
            return session;
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
