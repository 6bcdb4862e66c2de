using System;
using System.Diagnostics;
using System.Threading;
using ObjWatch.Diagnostics;
using ObjWatch.Recording;
using ObjWatch.Threading;
using ObjWatch.Trace.Files;
using ObjWatch.Trace.Reading;
using ObjWatch.Trace.Rendering;
using ObjWatch.Woven;

namespace ObjWatch.Live;

/// <summary>Renders the trace of this process while it is recorded, on a thread of its own.</summary>
internal sealed class LiveRendering
{
    private const int MillisecondsBetweenLooks = 20;

    // Two milliseconds of work: with less than that, looking again at once would cost more than it brings.
    private const int FewEvents = 10_000;

    // A thread takes the time of a record a moment before the record is complete: the last few milliseconds may still be filled.
    private static readonly long _settling = Stopwatch.Frequency / 200;

    private readonly string _tracePath;
    private readonly string _name;
    private readonly Func<TraceReader, TraceRendering> _begin;
    private readonly bool _live;
    private readonly object _gate = new();
    private bool _finishing;
    private bool _opened;
    private Thread? _thread;
    private long _events;

    /// <param name="tracePath">The trace, which exists and has its header.</param>
    /// <param name="name">What the output is called in messages.</param>
    /// <param name="begin">Begins the output.</param>
    /// <param name="live">Whether to render while recording goes on; else only at the end.</param>
    public LiveRendering(string tracePath, string name, Func<TraceReader, TraceRendering> begin, bool live = true)
    {
        _live = live;
        _tracePath = tracePath;
        _name = name;
        _begin = begin;
    }

    /// <summary>Renders into a file.</summary>
    /// <param name="tracePath">The trace, which exists and has its header.</param>
    /// <param name="path">The file, which is replaced.</param>
    /// <param name="format">Its form.</param>
    /// <param name="options">What it shows.</param>
    /// <param name="live">Whether to render while recording goes on; else only at the end.</param>
    public LiveRendering(string tracePath, string path, RenderFormat format, RenderOptions options, bool live = true)
        : this(tracePath, path, reader => TraceRendering.Create(reader, PrivateFile.Create(path), format, options), live)
    {
    }

    /// <summary>Begins text without a header on the process's standard error.</summary>
    public static TraceRendering OnStandardError(TraceReader reader) =>
        TraceRendering.Create(reader, Console.OpenStandardError(), RenderFormat.Text, new RenderOptions { Header = false });

    /// <summary>Whether the calling thread renders: it must not wait for a session to end, which waits for it.</summary>
    public static bool IsCurrentThread => ThreadRecorder.Current is { Renders: true };

    /// <summary>Whether the output could not be written. Known once it is finished.</summary>
    public bool Failed { get; private set; }

    /// <summary>Begins to render.</summary>
    public void Start()
    {
        _thread = new Thread(Render) { IsBackground = true, Name = "ObjWatch renderer" };
        _thread.Start();
    }

    /// <summary>Waits until it has opened its files: only then may they get other names.</summary>
    public void WaitUntilOpen()
    {
        using (new HeldLock(_gate))
        {
            while (!_opened)
                Monitor.Wait(_gate);
        }
    }

    /// <summary>Renders everything that has been recorded until now, and closes the output.</summary>
    /// <returns>How many events are in it.</returns>
    public long Finish()
    {
        using (new HeldLock(_gate))
        {
            _finishing = true;
            Monitor.PulseAll(_gate);
        }

        if (_thread != null)
            Uninterrupted.Join(_thread);
        return Interlocked.Read(ref _events);
    }

    private void Render()
    {
        ThreadRecorder.ExcludeCurrentThread().Renders = true;
        try
        {
            using var reader = new TraceReader(_tracePath, growing: true);
            using TraceRendering rendering = _begin(reader);
            Opened();
            try
            {
                RenderUntilFinished(reader, rendering);
            }
            finally
            {
                Interlocked.Exchange(ref _events, rendering.Events);
            }
        }
        catch (Exception exception)
        {
            Failed = true;
            // The program is none of our business: it goes on, and so does the recording.
            StandardError.Say($"error OBJW1101: the output {_name} ends here: {exception.Message}");
        }
        finally
        {
            Opened();
        }
    }

    private void Opened()
    {
        using (new HeldLock(_gate))
        {
            _opened = true;
            Monitor.PulseAll(_gate);
        }
    }

    private void RenderUntilFinished(TraceReader reader, TraceRendering rendering)
    {
        for (bool idle = true; !IsFinishing(idle);)
        {
            if (!_live)
                continue;
            long before = rendering.Events;
            // Whatever is older than this is visible now, in chunks that the scan will find. What is newer waits for the next
            // look, so that no thread's line comes before an older one of another thread.
            long watermark = Stopwatch.GetTimestamp() - _settling;
            reader.Scan();
            rendering.Render((ulong)watermark);
            idle = rendering.Events - before < FewEvents;
        }

        // Not what other threads record from here on: they might stay ahead for ever.
        var now = (ulong)Stopwatch.GetTimestamp();
        reader.Scan();
        rendering.Render(now);
        // Nothing more comes: what is missing now is lost.
        reader.Growing = false;
        rendering.Complete(now);
    }

    /// <summary>Whether it is time to finish. Waits a moment before the next look if there was little to do.</summary>
    private bool IsFinishing(bool idle)
    {
        using (new HeldLock(_gate))
        {
            if (idle && !_finishing)
                Monitor.Wait(_gate, MillisecondsBetweenLooks);
            return _finishing;
        }
    }
}
