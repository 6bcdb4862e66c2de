using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Threading;
using ObjWatch.Configuration;
using ObjWatch.Diagnostics;
using ObjWatch.Live;
using ObjWatch.Ranks;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>One run of the recorder, from start to stop: a trace, the threads that write it, and the renderers that read it.</summary>
internal sealed class RecordingSession
{
    private static volatile RecordingSession? _current;
    private static int _lastOrdinal;

    private readonly object _gate = new();
    private readonly List<LiveRendering> _renderings = [];
    private readonly Settings _settings;
    private readonly OutputFiles _outputs;
    private readonly DefinitionStream _definitions;
    private long _lostEvents;
    private volatile bool _ended;
    private readonly long _wrapperFailures;
    private string? _failure;
    private bool _paused;

    private RecordingSession(Settings settings, RankWatch ranks)
    {
        Ranks = ranks;
        _settings = settings;
        DropsWhenFull = settings.WhenFull.Drops;
        CaptureLimits.Current = settings.Limits;
        Redaction.Current = settings.Redaction;
        Policy = new SitePolicy(settings);
        _wrapperFailures = Wrapping.Failures;
        _outputs = OutputFiles.Create(settings, ranks.Known?.Info.Rank);
        try
        {
            int ring = settings.WhenFull.RingChunks;
            // Who may not wait needs all of it from the beginning.
            var provision = new Provision(settings.BufferSize, isRing: ring > 0, grows: !DropsWhenFull && !TraceWriter.CanCutMapped);
            Trace = new TraceWriter(_outputs.TraceFile, ring, StopRecording, TellFailure, provision);
        }
        catch
        {
            _outputs.Abandon();
            throw;
        }

        _definitions = new DefinitionStream(Trace);
        SessionFacts.Write(_definitions, settings, ranks.Known);
        Threads = new SessionThreads(_definitions, tellsEnds: settings.WhenFull.RingChunks == 0);
        Definitions.Attach(_definitions);
    }

    /// <summary>The session that runs, or null.</summary>
    public static RecordingSession? Current => _current;

    /// <summary>Tells it from the process's other sessions.</summary>
    public int Ordinal { get; } = Interlocked.Increment(ref _lastOrdinal);

    /// <summary>The trace.</summary>
    public TraceWriter Trace { get; }

    /// <summary>Which process of a distributed program this is.</summary>
    public RankWatch Ranks { get; }

    /// <summary>The threads that write the trace.</summary>
    public SessionThreads Threads { get; }

    /// <summary>What it wants of each site.</summary>
    public SitePolicy Policy { get; }

    /// <summary>Whether it records nothing for the time being.</summary>
    public bool Paused
    {
        get
        {
            using (new Hold(_gate))
                return _paused && !_ended;
        }
    }

    /// <summary>Whether threads drop events rather than wait for the disk.</summary>
    public bool DropsWhenFull { get; }

    /// <summary>Whether it records nothing more.</summary>
    public bool Ended => _ended;

    /// <summary>Whether its trace could not be written any further.</summary>
    public bool Failed => _failure != null;

    /// <summary>Starts a session. There must be none.</summary>
    /// <param name="settings">How it records.</param>
    /// <param name="ranks">Which process this is, if that is known: one whose rank records.</param>
    public static RecordingSession Begin(Settings settings, RankWatch ranks)
    {
        var session = new RecordingSession(settings, ranks);
        session.Trace.StartPreparing();
        // What a ring holds is known only when it turns no more.
        bool live = settings.WhenFull.RingChunks == 0;
        string trace = session._outputs.Trace;
        foreach (RenderedFile file in session._outputs.Rendered)
            session.Add(new LiveRendering(trace, file.Path, file.Format, new RenderOptions(), live));
        if (settings.Level == TracingLevel.Force)
            session.Add(new LiveRendering(trace, "on standard error", LiveRendering.OnStandardError, live));
        if (settings.Loggers is { } loggers)
            session.Add(new LiveRendering(trace, "to the loggers", reader => LogWriter.Begin(reader, loggers), live));
        _current = session;
        WovenAssemblies.Apply(session.Policy);
        Probe.On = true;
        ranks.Watch(session.RankMatters, session.RankDecided);
        return session;
    }

    private void Add(LiveRendering rendering)
    {
        rendering.Start();
        _renderings.Add(rendering);
    }

    /// <summary>Records nothing until it is resumed, or goes on. Calls that are open then end in the trace.</summary>
    public void Pause(bool paused)
    {
        using (new Hold(_gate))
        {
            if (_ended || _failure != null || _paused == paused)
                return;
            _paused = paused;
            WovenAssemblies.Pause(Policy, paused);
            Probe.On = !paused;
        }
    }

    /// <summary>An event could not be recorded.</summary>
    public void NoteLost() => Interlocked.Increment(ref _lostEvents);

    /// <summary>Notes a barrier that all ranks have passed.</summary>
    public void NoteBarrier(ClockBarrier barrier) => Definitions.AddFact(_definitions, "clock.barrier", barrier.ToFact());

    /// <summary>Records nothing more, finishes the outputs and says where they are.</summary>
    public void End()
    {
        using (new Hold(_gate))
        {
            if (_ended)
                return;
            _ended = true;
        }

        Ranks.Dispose();
        Probe.On = false;
        _current = null;
        WovenAssemblies.Clear(Policy);
        Threads.LetGo();
        Threads.WriteDropped(Trace);
        long events = Threads.CountEvents();
        long dropped = Threads.CountDropped();
        WriteLeftOut();
        Definitions.Detach(_definitions);
        RenameOutputs();
        bool complete = true;
        foreach (LiveRendering rendering in _renderings)
        {
            rendering.Finish();
            complete &= !rendering.Failed;
        }

        Trace.Close();
        if (Ranks.Excluded && events == 0)
        {
            _outputs.Remove();
            return;
        }

        _outputs.Finish(complete);
        _outputs.TellMissing();
        if (_failure != null)
            StandardError.Say($"error OBJW1103: at least {Number(Interlocked.Read(ref _lostEvents))} events were not recorded: {_failure}");
        if (dropped > 0)
            StandardError.Say($"warning OBJW1151: {Number(dropped)} events were dropped, because the disk could not keep up (WhenFull is drop)");
        Wrapping.TellFailures(_wrapperFailures);
        Policy.TellIdleTargets();
        string where = string.Join(", ", _outputs.Names);
        StandardError.Say($"{Number(events)} events -> {(where.Length == 0 ? "the loggers" : where)}");
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    private void StopRecording(Exception failure)
    {
        using (new Hold(_gate))
        {
            _failure = failure.Message;
            // Once this session has ended, it is the next one's.
            if (!_ended)
            {
                Probe.On = false;
                WovenAssemblies.Clear(Policy);
            }
        }
    }

    /// <summary>The rank has become known. Called on a thread of the program's that is about to record: what takes time is left to another one.</summary>
    private void RankDecided()
    {
        if (Ranks.Excluded)
            Probe.On = false;
        RankMatters();
        foreach ((string key, string value) in SessionFacts.OfRank(Ranks.Known))
            Definitions.AddFact(_definitions, key, value);
        new Thread(SettleRank) { IsBackground = true, Name = "ObjWatch rank" }.Start();
    }

    /// <summary>No thread records another event without looking at the rank.</summary>
    private void RankMatters() => Threads.Release();

    private void SettleRank()
    {
        ThreadRecorder.ExcludeCurrentThread();
        RenameOutputs();
        if (Ranks.Excluded)
            SessionControl.Stop(this);
    }

    private void RenameOutputs()
    {
        if (Ranks.Known is not { } known)
            return;
        foreach (LiveRendering rendering in _renderings)
            rendering.WaitUntilOpen();
        _outputs.Rename(_settings, known.Info.Rank);
    }

    private static void TellFailure(Exception failure) =>
        StandardError.Say($"error OBJW1103: recording stops, the program goes on: {failure.Message}");

    private void WriteLeftOut()
    {
        foreach ((int site, long count) in WovenAssemblies.LeftOut(Policy))
            Definitions.AddLeftOut(site, count);
    }
}
