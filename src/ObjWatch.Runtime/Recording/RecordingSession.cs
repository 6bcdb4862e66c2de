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
    private readonly List<LiveRendering> _renderings = [];
    private readonly OutputFiles _outputs;
    private readonly DefinitionStream _definitions;
    private int _streams;
    private long _retiredEvents;
    private long _lostEvents;
    private volatile bool _ended;
    private string? _failure;

    private RecordingSession(Settings settings)
    {
        CaptureLimits.Current = settings.Limits;
        _outputs = OutputFiles.Create(settings);
        try
        {
            Trace = new TraceWriter(_outputs.TraceFile, Fail);
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
        foreach (RenderedFile file in session._outputs.Rendered)
        {
            var rendering = new LiveRendering(session._outputs.Trace, file.Path, file.Format, new RenderOptions());
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
        using (new Hold(_gate))
        {
            _retiredEvents += recorder.Events;
            _recorders.RemoveAll(reference => !reference.TryGetTarget(out ThreadRecorder? target) || target == recorder);
        }
    }

    /// <summary>How many events all threads have recorded.</summary>
    public long CountEvents()
    {
        using (new Hold(_gate))
        {
            long events = _retiredEvents;
            foreach (WeakReference<ThreadRecorder> reference in _recorders)
            {
                if (reference.TryGetTarget(out ThreadRecorder? recorder))
                    events += recorder.Events;
            }

            return events;
        }
    }

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
        long events = CountEvents();
        Definitions.Detach(_definitions);
        bool complete = true;
        foreach (LiveRendering rendering in _renderings)
        {
            rendering.Finish();
            complete &= !rendering.Failed;
        }

        Trace.Close();
        _outputs.Finish(complete);
        if (_failure != null)
            StandardError.Say($"error OBJW1103: at least {Number(Interlocked.Read(ref _lostEvents))} events were not recorded: {_failure}");
        StandardError.Say($"{Number(events)} events -> {string.Join(", ", _outputs.Names)}");
    }

    private static string Number(long count) => count.ToString(CultureInfo.InvariantCulture);

    private void Fail(Exception failure)
    {
        using (new Hold(_gate))
        {
            _failure = failure.Message;
            // Once this session has ended, it is the next one's.
            if (!_ended)
                Probe.On = false;
        }

        StandardError.Say($"error OBJW1103: recording stops, the program goes on: {failure.Message}");
    }

    private void LetGo()
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

        _definitions.WriteFact("option.Output", settings.Output);
    }
}
