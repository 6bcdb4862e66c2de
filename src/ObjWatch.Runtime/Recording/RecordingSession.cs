using System;
using System.Collections.Generic;
using System.Globalization;
using System.IO;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Configuration;
using ObjWatch.Diagnostics;
using ObjWatch.Rendering;
using ObjWatch.Values;

namespace ObjWatch.Recording;

/// <summary>One run of the recorder, from start to stop: a trace, the threads that write it, and the renderers that read it.</summary>
internal sealed class RecordingSession
{
    private static volatile RecordingSession? _current;

    private readonly object _gate = new();
    private readonly List<WeakReference<ThreadRecorder>> _recorders = [];
    private readonly List<DroppedAtEnd> _droppedAtEnd = [];
    private readonly List<LiveTextRendering> _renderings = [];
    private readonly OutputFiles _outputs;
    private readonly DefinitionStream _definitions;
    private int _streams;
    private long _retiredEvents;
    private long _lostEvents;
    private long _droppedEvents;
    private volatile bool _ended;
    private string? _failure;

    private RecordingSession(Settings settings)
    {
        DropsWhenFull = settings.WhenFull.Drops;
        CaptureLimits.Current = settings.Limits;
        _outputs = OutputFiles.Create(settings);
        try
        {
            Trace = new TraceWriter(_outputs.TraceFile, settings.WhenFull.RingChunks, StopRecording, TellFailure);
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

    /// <summary>The trace.</summary>
    public TraceWriter Trace { get; }

    /// <summary>Whether threads drop events rather than wait for the disk.</summary>
    public bool DropsWhenFull { get; }

    /// <summary>Whether it records nothing more.</summary>
    public bool Ended => _ended;

    /// <summary>Whether its trace could not be written any further.</summary>
    public bool Failed => _failure != null;

    /// <summary>How many threads have taken part.</summary>
    public int Streams => Volatile.Read(ref _streams);

    /// <summary>Starts a session. There must be none.</summary>
    public static RecordingSession Begin(Settings settings)
    {
        var session = new RecordingSession(settings);
        session.Trace.StartPreparing();
        foreach (string text in session._outputs.Texts)
        {
            // What a ring holds is known only when it turns no more.
            var rendering = new LiveTextRendering(session._outputs.Trace, text, live: settings.WhenFull.RingChunks == 0);
            rendering.Start();
            session._renderings.Add(rendering);
        }

        _current = session;
        Probe.On = true;
        return session;
    }

    /// <summary>A thread takes part from now on.</summary>
    /// <returns>The number of its stream.</returns>
    public int Admit(ThreadRecorder recorder)
    {
        // The recorder's finalizer reports its count, so the reference must last until then.
        var reference = new WeakReference<ThreadRecorder>(recorder, trackResurrection: true);
        int stream = Interlocked.Increment(ref _streams);
        Definitions.AddThread(_definitions, stream, Environment.CurrentManagedThreadId, Thread.CurrentThread.Name);
        using (new Hold(_gate))
            _recorders.Add(reference);
        return stream;
    }

    /// <summary>A thread takes part no longer.</summary>
    public void Retire(ThreadRecorder recorder)
    {
        Settle(recorder);
        using (new Hold(_gate))
        {
            _retiredEvents += recorder.Events - recorder.Dropped;
            _droppedEvents += recorder.Dropped;
            _recorders.RemoveAll(reference => !reference.TryGetTarget(out ThreadRecorder? target) || target == recorder);
        }
    }

    /// <summary>How many events all threads have recorded.</summary>
    public long CountEvents() => Sum(ref _retiredEvents, static recorder => recorder.Events - recorder.Dropped);

    /// <summary>How many events all threads have dropped.</summary>
    public long CountDropped() => Sum(ref _droppedEvents, static recorder => recorder.Dropped);

    /// <summary>An event could not be recorded.</summary>
    public void NoteLost() => Interlocked.Increment(ref _lostEvents);

    /// <summary>Records nothing more, finishes the outputs and says where they are.</summary>
    public void End()
    {
        using (new Hold(_gate))
        {
            if (_ended)
                return;
            _ended = true;
        }

        Probe.On = false;
        _current = null;
        LetGo();
        WriteDropped();
        long events = CountEvents();
        long dropped = CountDropped();
        Definitions.Detach(_definitions);
        bool complete = true;
        foreach (LiveTextRendering rendering in _renderings)
        {
            rendering.Finish();
            complete &= !rendering.Failed;
        }

        Trace.Close();
        _outputs.Finish(complete);
        _outputs.TellMissing();
        if (_failure != null)
            StandardError.Say($"error OBJW1103: at least {Number(Interlocked.Read(ref _lostEvents))} events were not recorded: {_failure}");
        if (dropped > 0)
            StandardError.Say($"warning OBJW1151: {Number(dropped)} events were dropped, because the disk could not keep up (WhenFull is drop)");
        StandardError.Say($"{Number(events)} events -> {string.Join(", ", _outputs.Names)}");
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

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    private void StopRecording(Exception failure)
    {
        using (new Hold(_gate))
        {
            _failure = failure.Message;
            // Once this session has ended, it is the next one's.
            if (!_ended)
                Probe.On = false;
        }
    }

    private static void TellFailure(Exception failure) =>
        StandardError.Say($"error OBJW1103: recording stops, the program goes on: {failure.Message}");

    private void LetGo()
    {
        foreach (ThreadRecorder recorder in Recorders())
        {
            recorder.Release();
            Settle(recorder);
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

    /// <summary>Notes what a thread has dropped since its last chunk. Not under the lock, which the thread may want while it holds its own.</summary>
    private void Settle(ThreadRecorder recorder)
    {
        if (recorder.TakeDropped() is not { } dropped)
            return;
        using (new Hold(_gate))
            _droppedAtEnd.Add(dropped);
    }

    /// <summary>Lets the trace say what was dropped at the end of its streams, where no later chunk does.</summary>
    private unsafe void WriteDropped()
    {
        DroppedAtEnd[] all;
        using (new Hold(_gate))
            all = _droppedAtEnd.ToArray();
        foreach (DroppedAtEnd dropped in all)
        {
            TraceChunk? chunk = Trace.Take(dropped.Stream, 0, dropped.Sequence);
            if (chunk == null)
                return;
            DroppedEvents.WriteRecord(chunk.FirstRecord, dropped.Count);
            chunk.Finish();
        }
    }

    private void WriteFacts(Settings settings)
    {
        _definitions.WriteFact("objwatch", typeof(RecordingSession).Assembly.GetName().Version?.ToString(3) ?? "");
        _definitions.WriteFact("process", Settings.ApplicationName);
        _definitions.WriteFact("runtime", RuntimeInformation.FrameworkDescription);
        _definitions.WriteFact("system", RuntimeInformation.OSDescription);
        _definitions.WriteFact("architecture", RuntimeInformation.ProcessArchitecture.ToString());
        _definitions.WriteFact("option.Output", settings.Output);
    }
}
