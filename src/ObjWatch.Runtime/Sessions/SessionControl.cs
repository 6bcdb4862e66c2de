using System;
using System.IO;
using ObjWatch.Configuration;
using ObjWatch.Diagnostics;
using ObjWatch.Ranks;
using ObjWatch.Recording;
using ObjWatch.Threading;
using ObjWatch.Woven;

namespace ObjWatch.Sessions;

/// <summary>Starts and ends sessions: one at a time, each with its own outputs.</summary>
internal sealed class SessionControl
{
    private readonly object _gate = new();
    private readonly TracedProcess _process;
    private readonly ExitHooks _exit;
#if NET
    private readonly ToggleSignal _toggle;
#endif
    private volatile RecordingSession? _session;
    private TracerOptions? _requested;
    private bool _toldNothingWoven;
    private bool _automaticDone;

    private SessionControl(TracedProcess process)
    {
        _process = process;
        _exit = new ExitHooks(() => Stop(null));
#if NET
        _toggle = new ToggleSignal(Toggle);
#endif
    }

    /// <summary>That of this process.</summary>
    public static SessionControl OfProcess { get; } = new(TracedProcess.This);

    /// <summary>Whether events are being recorded.</summary>
    public bool IsRunning => _process.Current is { Ended: false, On: true };

    /// <summary>Whether the session that runs is paused.</summary>
    public bool IsPaused => Running is { Paused: true };

    /// <summary>The session that runs, or null.</summary>
    private RecordingSession? Running => _session is { Ended: false } running ? running : null;

    /// <summary>A woven assembly has appeared: it gets its sites, and tracing begins, unless it is switched off or runs already. Never
    /// throws.</summary>
    /// <param name="openTable">Opens the assembly's table of sites.</param>
    /// <param name="siteCount">How many sites it has.</param>
    /// <returns>The number of its first site.</returns>
    public int Register(Func<Stream?> openTable, int siteCount) => _process.Assemblies.Register(openTable, siteCount, AssemblyRegistered);

    /// <summary>A provider of ranks has been registered.</summary>
    public void Registered(IRankProvider provider) => _process.Current?.Ranks.Registered(provider);

    /// <summary>Begins a session. One that runs goes on if nothing else is asked for, and ends otherwise.</summary>
    /// <returns>The session that runs now, or null.</returns>
    public RecordingSession? Start(TracerOptions? options)
    {
        // Who set OBJWATCH=0 wants nothing traced and nothing said.
        if (!TracingGate.Open)
            return null;
        Settings settings = Resolve(options);
        RankWatch ranks = options == null && Running is { Failed: false } running
            ? running.Ranks
            : new RankWatch(settings.Ranks, final: true);
        // Before the lock: it may take long, and a Stop must not wait for other ranks. Processes whose rank does not record take part as
        // well.
        ClockBarrier? barrier = ranks.Synchronise();
        RecordingSession? session = Start(options, settings, ranks);
        if (barrier != null)
            session?.NoteBarrier(barrier);
        return session;
    }

    /// <summary>Ends a session: the given one, or whichever runs.</summary>
    public void Stop(RecordingSession? session)
    {
        using (new HeldLock(_gate))
        {
            if (session == null)
                _requested = null;
            (session ?? Running)?.End();
        }
    }

    /// <summary>Pauses the session that runs, or goes on with it.</summary>
    public void Pause(bool paused)
    {
        using (new HeldLock(_gate))
            Running?.Pause(paused);
    }

    private void AssemblyRegistered()
    {
        using (new HeldLock(_gate))
        {
            if (!TracingGate.Open)
                return;
#if NET
            _toggle.Hook();
#endif
            if (Running != null)
                return;
            if (_requested == null && (_automaticDone || !Settings.StartsByItself))
                return;
            _automaticDone = true;
            Settings settings = Resolve(_requested);
            Begin(settings, new RankWatch(settings.Ranks, final: _requested != null));
            _requested = null;
        }
    }

    private RecordingSession? Start(TracerOptions? options, Settings settings, RankWatch ranks)
    {
        using (new HeldLock(_gate))
        {
            RecordingSession? running = Running;
            if (running is { Failed: false } && (options == null || running.Ranks == ranks))
            {
                running.Pause(false);
                return running;
            }

            running?.End();
            if (_process.Assemblies.Any)
                return Begin(settings, ranks);
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
    }

#if NET
    /// <summary>Pauses the session that runs, goes on with one that is paused, or begins one where there is none.</summary>
    private void Toggle()
    {
        using (new HeldLock(_gate))
        {
            if (Running is not { } running)
            {
                // Only this process was sent the signal: it must not wait for others.
                Settings settings = Resolve(null);
                if (Start(null, settings, new RankWatch(settings.Ranks, final: true)) != null)
                    StandardError.Say("tracing begins: SIGUSR1");
                return;
            }

            bool paused = !running.Paused;
            running.Pause(paused);
            StandardError.Say(paused ? "tracing is paused: SIGUSR1" : "tracing goes on: SIGUSR1");
        }
    }
#endif

    private RecordingSession? Begin(Settings settings, RankWatch ranks)
    {
        // Nothing to say: with hundreds of ranks that do not record, this is no news.
        if (ranks.Excluded)
            return null;
        try
        {
            // First: once the session records, the program may end at any moment, on another thread than this.
            _exit.Hook();
            return _session = RecordingSession.Begin(_process, settings, ranks, Stop);
        }
        catch (Exception failure)
        {
            StandardError.Say($"error OBJW1102: nothing is recorded: {failure.Message}");
            return null;
        }
    }

    private Settings Resolve(TracerOptions? options) => Settings.Resolve(options, _process.Assemblies.BuildOptions);
}
