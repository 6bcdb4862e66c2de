using System;
using System.Collections.Generic;
using System.Globalization;
using System.Threading;
using ObjWatch.Configuration;
using ObjWatch.Diagnostics;
using ObjWatch.Live;
using ObjWatch.Ranks;
using ObjWatch.Recording;
using ObjWatch.Recording.Chunks;
using ObjWatch.Recording.Sites;
using ObjWatch.Recording.Streams;
using ObjWatch.Threading;
using ObjWatch.Trace.Rendering;
using ObjWatch.Values;
using ObjWatch.Values.Naming;
using ObjWatch.Wrappers;
using ObjWatch.Woven;

namespace ObjWatch.Sessions;

/// <summary>One run of the recorder, from start to stop: what is being recorded, the files it leaves behind, and the renderers that read
/// it.</summary>
internal sealed class RecordingSession
{
    private readonly object _gate = new();
    private readonly List<LiveRendering> _renderings = [];
    private readonly TracedProcess _process;
    private readonly Action<RecordingSession> _stop;
    private readonly Settings _settings;
    private readonly OutputFiles _outputs;
    private readonly WrapperTexts? _texts;
    private readonly ActiveRecording _recording;
    private string? _failure;
    private bool _paused;

    private RecordingSession(TracedProcess process, Settings settings, RankWatch ranks, Action<RecordingSession> stop)
    {
        _process = process;
        _settings = settings;
        _stop = stop;
        _texts = settings.Wrapper is { } wrapper ? new WrapperTexts(wrapper, process.WrapperFailures) : null;
        Ranks = ranks;
        var rules = new CaptureRules(settings.Limits, settings.Redaction);
        process.Use(rules);
        _outputs = OutputFiles.Create(settings, ranks.Known?.Info.Rank);
        _recording = new ActiveRecording(
            process.NextOrdinal(),
            OpenTrace(),
            isRing: IsRing,
            dropsWhenFull: settings.WhenFull.Drops,
            new SitePolicy(settings.OfSites(_texts)),
            rules,
            ranks);
        SessionFacts.Write(_recording.Definitions, settings, process.Assemblies.BuildOptions, ranks.Known);
        Definitions.OfProcess.Attach(_recording.Definitions);
    }

    /// <summary>Which process of a distributed program this is.</summary>
    public RankWatch Ranks { get; }

    /// <summary>Whether it records nothing for the time being.</summary>
    public bool Paused
    {
        get
        {
            using (new HeldLock(_gate))
                return _paused && !_recording.Ended;
        }
    }

    /// <summary>Whether it records nothing more.</summary>
    public bool Ended => _recording.Ended;

    /// <summary>Whether its trace could not be written any further.</summary>
    public bool Failed => _failure != null;

    private bool IsRing => _settings.WhenFull.RingChunks > 0;

    /// <summary>Starts a session. There must be none.</summary>
    /// <param name="process">What is recorded.</param>
    /// <param name="settings">How it records.</param>
    /// <param name="ranks">Which process this is, if that is known: one whose rank records.</param>
    /// <param name="stop">Ends it, where it finds out itself that it has to end.</param>
    public static RecordingSession Begin(TracedProcess process, Settings settings, RankWatch ranks, Action<RecordingSession> stop)
    {
        var session = new RecordingSession(process, settings, ranks, stop);
        session._recording.Trace.StartPreparing();
        session.StartRenderings();
        process.Begin(session._recording);
        ranks.Watch(session.RankMatters, session.RankDecided);
        return session;
    }

    /// <summary>Records nothing until it is resumed, or goes on. Calls that are open then end in the trace.</summary>
    public void Pause(bool paused)
    {
        using (new HeldLock(_gate))
        {
            if (_recording.Ended || _failure != null || _paused == paused)
                return;
            _paused = paused;
            _process.Assemblies.Pause(_recording.Policy, paused);
            _recording.On = !paused;
        }
    }

    /// <summary>Notes a barrier that all ranks have passed.</summary>
    public void NoteBarrier(ClockBarrier barrier) => _recording.Definitions.WriteFact("clock.barrier", barrier.ToFact());

    /// <summary>Records nothing more, finishes the outputs and says where they are.</summary>
    public void End()
    {
        using (new HeldLock(_gate))
        {
            if (_recording.Ended)
                return;
            _recording.Ended = true;
        }

        Ranks.Dispose();
        _process.End(_recording);
        SessionThreads threads = _recording.Threads;
        threads.LetGo();
        threads.WriteDropped(_recording.Trace);
        long events = threads.CountEvents();
        long dropped = threads.CountDropped();
        foreach ((int site, long count) in _process.Assemblies.LeftOut(_recording.Policy))
            _recording.Definitions.WriteLeftOut(site, count);
        Definitions.OfProcess.Detach(_recording.Definitions);
        _recording.Definitions.Close();
        RenameOutputs();
        bool complete = true;
        foreach (LiveRendering rendering in _renderings)
        {
            rendering.Finish();
            complete &= !rendering.Failed;
        }

        _recording.Trace.Close();
        if (Ranks.Excluded && events == 0)
        {
            _outputs.Remove();
            return;
        }

        _outputs.Finish(complete);
        _outputs.TellMissing();
        TellEnd(events, dropped);
    }

    private TraceWriter OpenTrace()
    {
        try
        {
            // Who may not wait needs all of it from the beginning.
            bool grows = !_settings.WhenFull.Drops && !TraceWriter.CanCutMapped;
            var provision = new Provision(_settings.BufferSize, IsRing, grows);
            return new TraceWriter(_outputs.TraceFile, _settings.WhenFull.RingChunks, StopRecording, TellFailure, provision);
        }
        catch
        {
            _outputs.Abandon();
            throw;
        }
    }

    private void StartRenderings()
    {
        // What a ring holds is known only when it turns no more.
        bool live = !IsRing;
        string trace = _outputs.Trace;
        foreach (RenderedFile file in _outputs.Rendered)
            Start(new LiveRendering(trace, file.Path, file.Format, new RenderOptions(), live));
        if (_settings.Level == TracingLevel.Force)
            Start(new LiveRendering(trace, "on standard error", LiveRendering.OnStandardError, live));
        if (_settings.Loggers is { } loggers)
            Start(new LiveRendering(trace, "to the loggers", reader => LogWriter.Begin(reader, loggers), live));
    }

    private void Start(LiveRendering rendering)
    {
        rendering.Start();
        _renderings.Add(rendering);
    }

    private void StopRecording(Exception failure)
    {
        using (new HeldLock(_gate))
        {
            _failure = failure.Message;
            if (_recording.Ended)
                return;
            _recording.On = false;
            _process.Assemblies.Clear(_recording.Policy);
        }
    }

    /// <summary>The rank has become known. Called on a thread of the program's that is about to record: what takes time is left to another
    /// one.</summary>
    private void RankDecided()
    {
        if (Ranks.Excluded)
            _recording.On = false;
        RankMatters();
        foreach ((string key, string value) in SessionFacts.OfRank(Ranks.Known))
            _recording.Definitions.WriteFact(key, value);
        new Thread(SettleRank) { IsBackground = true, Name = "ObjWatch rank" }.Start();
    }

    /// <summary>No thread records another event without looking at the rank.</summary>
    private void RankMatters() => _recording.Threads.Release();

    private void SettleRank()
    {
        ThreadRecorder.ExcludeCurrentThread();
        RenameOutputs();
        if (Ranks.Excluded)
            _stop(this);
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

    private void TellEnd(long events, long dropped)
    {
        if (_failure != null)
            StandardError.Say($"error OBJW1103: at least {Number(_recording.LostEvents)} events were not recorded: {_failure}");
        if (dropped > 0)
        {
            StandardError.Say(
                $"warning OBJW1151: {Number(dropped)} events were dropped, because the disk could not keep up (WhenFull is drop)");
        }

        _texts?.TellFailures();
        _recording.Policy.TellIdleTargets();
        string where = string.Join(", ", _outputs.Names);
        StandardError.Say($"{Number(events)} events -> {(where.Length == 0 ? "the loggers" : where)}");
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);
}
