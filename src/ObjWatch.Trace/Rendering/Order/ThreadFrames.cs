using System.Collections.Generic;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>The open invocations of each thread of a trace, with the last one at hand: records come in runs of one thread.</summary>
internal sealed class ThreadFrames
{
    private readonly Dictionary<uint, (uint Thread, FrameLines Frames)> _frames = new();
    private TraceStream? _stream;
    private uint _thread;

    /// <summary>Those of the thread turned to last; <see langword="null"/> before the first.</summary>
    public FrameLines? Last { get; private set; }

    /// <summary>Whether more than one thread has been turned to.</summary>
    public bool Several { get; private set; }

    /// <summary>Whether the stream's present thread is not the one turned to last.</summary>
    public bool Turns(TraceStream stream) => _stream != stream || _thread != stream.Thread;

    /// <summary>Turns to the stream's present thread.</summary>
    public void TurnTo(TraceStream stream)
    {
        Several |= _stream is not null;
        // A thread that takes over a stream begins with nothing open: the one before has ended.
        if (!_frames.TryGetValue(stream.Number, out (uint Thread, FrameLines Frames) present) || present.Thread != stream.Thread)
            _frames[stream.Number] = present = (stream.Thread, new FrameLines());
        _stream = stream;
        _thread = stream.Thread;
        Last = present.Frames;
    }
}
