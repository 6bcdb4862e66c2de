using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Configuration;
using ObjWatch.Diagnostics;
using ObjWatch.Ranks;
using ObjWatch.Rendering;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>One run of the recorder, from start to stop: a trace, the threads that write it, and the renderers that read it.</summary>
internal sealed class RecordingSession
{
    private static volatile RecordingSession? _current;
    private static int _lastOrdinal;

    private readonly object _gate = new();
    private readonly List<WeakReference<ThreadRecorder>> _recorders = [];
    private readonly List<DroppedAtEnd> _droppedAtEnd = [];
    private readonly Stack<RecordStream> _freeStreams = new();
    private readonly List<LiveRendering> _renderings = [];
    private readonly Settings _settings;
    private readonly OutputFiles _outputs;
    private readonly DefinitionStream _definitions;
    private int _threads;
    private int _streams;
    private long _retiredEvents;
    private long _lostEvents;
    private long _droppedEvents;
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
            Trace = new TraceWriter(_outputs.TraceFile, settings.WhenFull.RingChunks, StopRecording, TellFailure, settings.BufferSize);
        }
        catch
        {
            _outputs.Abandon();
            throw;
        }

        _definitions = new DefinitionStream(Trace);
        WriteFacts(settings);
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

    /// <summary>How many streams there are: as many as threads have recorded at the same time, or a few more.</summary>
    public int Streams => Volatile.Read(ref _streams);

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

    /// <summary>A thread takes part from now on.</summary>
    /// <param name="recorder">Its recorder.</param>
    /// <param name="thread">Its number in the trace, from 1.</param>
    /// <returns>The stream it writes, perhaps that of a thread that has ended.</returns>
    public RecordStream Admit(ThreadRecorder recorder, out int thread)
    {
        // The recorder's finalizer reports its count, so the reference must last until then.
        var reference = new WeakReference<ThreadRecorder>(recorder, trackResurrection: true);
        thread = Interlocked.Increment(ref _threads);
        Definitions.AddThread(_definitions, thread, Environment.CurrentManagedThreadId, Thread.CurrentThread.Name);
        using (new Hold(_gate))
        {
            // Not when they are collected: threads may come and go by the thousand between two collections.
            RetireAll(static recorder => recorder.HasEnded);
            _recorders.Add(reference);
            return _freeStreams.Count > 0 ? _freeStreams.Pop() : new RecordStream(++_streams);
        }
    }

    /// <summary>A thread takes part no longer.</summary>
    public void Retire(ThreadRecorder recorder)
    {
        using (new Hold(_gate))
            RetireAll(member => member == recorder);
    }

    /// <summary>How many events all threads have recorded.</summary>
    public long CountEvents() => Sum(ref _retiredEvents, static recorder => recorder.Events - recorder.Dropped);

    /// <summary>How many events all threads have dropped.</summary>
    public long CountDropped() => Sum(ref _droppedEvents, static recorder => recorder.Dropped);

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
        LetGo();
        WriteDropped();
        long events = CountEvents();
        long dropped = CountDropped();
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
        string where = string.Join(", ", _outputs.Names);
        StandardError.Say($"{Number(events)} events -> {(where.Length == 0 ? "the loggers" : where)}");
    }

    private long Sum(ref long ofRetired, Func<ThreadRecorder, long> count)
    {
        using (new Hold(_gate))
        {
            long sum = ofRetired;
            foreach (WeakReference<ThreadRecorder> reference in _recorders)
            {
                if (reference.TryGetTarget(out ThreadRecorder? recorder))
                    sum += count(recorder);
            }

            return sum;
        }
    }

    private void RetireAll(Predicate<ThreadRecorder> gone)
    {
        for (int i = _recorders.Count - 1; i >= 0; i--)
        {
            if (!_recorders[i].TryGetTarget(out ThreadRecorder? recorder) || !gone(recorder))
                continue;
            _recorders.RemoveAt(i);
            // The stream's next chunk is spoken for then.
            bool owing = Settle(recorder);
            _retiredEvents += recorder.Events - recorder.Dropped;
            _droppedEvents += recorder.Dropped;
            if (recorder.LeaveStream() is not { } stream || owing)
                continue;
            if (_ended)
                stream.Chunk?.Finish();
            else
                _freeStreams.Push(stream);
        }
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
        foreach ((string key, string value) in RankFacts())
            Definitions.AddFact(_definitions, key, value);
        new Thread(SettleRank) { IsBackground = true, Name = "ObjWatch rank" }.Start();
    }

    /// <summary>No thread records another event without looking at the rank.</summary>
    private void RankMatters()
    {
        using (new Hold(_gate))
        {
            foreach (WeakReference<ThreadRecorder> reference in _recorders)
            {
                if (reference.TryGetTarget(out ThreadRecorder? recorder))
                    recorder.Release();
            }
        }
    }

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

    private unsafe void LetGo()
    {
        // A ring's chunks may be used again for other streams.
        bool tellsEnds = _settings.WhenFull.RingChunks == 0;
        foreach (ThreadRecorder recorder in Recorders())
        {
            recorder.Release();
            Settle(recorder);
            if (tellsEnds)
                recorder.WriteWritten(_definitions);
        }

        foreach (RecordStream stream in TakeFreeStreams())
        {
            if (tellsEnds)
                stream.WriteWritten(stream.Position, _definitions);
            stream.Chunk?.Finish();
        }
    }

    private RecordStream[] TakeFreeStreams()
    {
        using (new Hold(_gate))
        {
            RecordStream[] streams = _freeStreams.ToArray();
            _freeStreams.Clear();
            return streams;
        }
    }

    private List<ThreadRecorder> Recorders()
    {
        var recorders = new List<ThreadRecorder>();
        using (new Hold(_gate))
        {
            foreach (WeakReference<ThreadRecorder> reference in _recorders)
            {
                if (reference.TryGetTarget(out ThreadRecorder? recorder))
                    recorders.Add(recorder);
            }
        }

        return recorders;
    }

    /// <summary>Notes what a thread has dropped since its last chunk.</summary>
    /// <returns>Whether there was anything.</returns>
    private bool Settle(ThreadRecorder recorder)
    {
        if (recorder.TakeDropped() is not { } dropped)
            return false;
        using (new Hold(_gate))
            _droppedAtEnd.Add(dropped);
        return true;
    }

    /// <summary>Lets the trace say what was dropped at the end of its streams, where no later chunk does.</summary>
    private void WriteDropped()
    {
        DroppedAtEnd[] all;
        using (new Hold(_gate))
            all = _droppedAtEnd.ToArray();
        foreach (DroppedAtEnd dropped in all)
            dropped.Write(Trace);
    }

    private void WriteFacts(Settings settings)
    {
        _definitions.WriteFact("objwatch", typeof(RecordingSession).Assembly.GetName().Version?.ToString(3) ?? "");
        _definitions.WriteFact("process", Settings.ApplicationName);
        _definitions.WriteFact("runtime", RuntimeInformation.FrameworkDescription);
        _definitions.WriteFact("system", RuntimeInformation.OSDescription);
        _definitions.WriteFact("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        foreach (KeyValuePair<string, string> option in WovenAssemblies.BuildOptions)
        {
            if (option.Key.StartsWith("weave.", StringComparison.Ordinal))
                _definitions.WriteFact(option.Key, option.Value);
        }

        foreach (KeyValuePair<string, string> option in settings.Facts)
            _definitions.WriteFact("option." + option.Key, option.Value);
        _definitions.WriteFact("machine", Machine.Name);
        _definitions.WriteFact("clock", Machine.Clock);
        foreach ((string key, string value) in RankFacts())
            _definitions.WriteFact(key, value);
    }

    private IEnumerable<(string Key, string Value)> RankFacts()
    {
        if (Ranks.Known is not { } known)
            yield break;
        yield return ("rank", Number(known.Info.Rank));
        yield return ("ranks", Number(known.Info.Size));
        yield return ("rank.source", known.Source);
    }
}
