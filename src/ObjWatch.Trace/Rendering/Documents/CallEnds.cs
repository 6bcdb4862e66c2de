using System;
using System.Buffers.Binary;
using System.Collections.Generic;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>
/// Where in a trace each invocation has its end, or is suspended. A start tag has room for nothing that is known later, so who writes one
/// must look ahead; this is one pass over the trace that takes bounded memory.
/// </summary>
internal sealed class CallEnds : IEventSink, IDisposable
{
    private readonly TraceReader _reader;
    // Of each run: where the record of its end lies, and the last time and the last owner there.
    private const int Numbers = 3;

    private readonly NumberFile _ends = new();
    private readonly Dictionary<uint, (long First, long Count)> _runs = new();
    private readonly Stack<long> _open = new();
    private readonly byte[] _record = new byte[TraceFormat.MaximumRecordSize];
    private RecordedEvent? _end;
    private FrameLines _frames = new();
    private long _count;
    private uint _thread;

    /// <summary>Looks through a trace.</summary>
    /// <param name="trace">The trace, which must stay open.</param>
    public CallEnds(TraceReader trace)
    {
        _reader = trace.ReadAgain();
        foreach (TraceStream stream in ByThread.InOrder(_reader))
        {
            long first = _count;
            ByThread.Read(stream, this, ulong.MaxValue);
            _runs.Add(stream.Number, (first, _count - first));
            Forget();
        }
    }

    void IEventSink.Visit(RecordedEvent happened)
    {
        bool begins = happened.Kind is TraceEventKind.MethodEntered or TraceEventKind.MethodResumed;
        if (!begins && happened.Kind is not (TraceEventKind.MethodLeft or TraceEventKind.MethodSuspended))
            return;
        if (happened.Stream.Thread != _thread)
            Forget();
        _thread = happened.Stream.Thread;
        if (happened.Kind == TraceEventKind.MethodEntered)
            _frames.Enter(happened.Depth, 0);
        else if (happened.Kind == TraceEventKind.MethodResumed)
            _frames.Resume(happened.Depth);
        else
            _frames.Leave(happened.Depth, 0, out _);
        for (int i = _frames.Ended; i > 0; i--)
            _open.Pop();
        if (begins)
            _open.Push(_count++);
        else if (_frames.WasOpen)
            Note(_open.Pop(), happened);
    }

    /// <summary>The event that ends an invocation or suspends it.</summary>
    /// <param name="stream">Its stream.</param>
    /// <param name="run">Which of the runs and resumptions of its stream it is, from 0. Fast where they are asked for in order.</param>
    /// <returns>The event, valid until the next call; <see langword="null"/> where there is none.</returns>
    public RecordedEvent? Find(TraceStream stream, long run)
    {
        if (!_runs.TryGetValue(stream.Number, out (long First, long Count) runs) || run >= runs.Count)
            return null;
        long place = (runs.First + run) * Numbers;
        long offset = _ends.Get(place);
        if (offset == 0)
            return null;
        // What its record leaves out was known when it was passed.
        var state = new RecordState { Ticks = (ulong)_ends.Get(place + 1), Owner = (ulong)_ends.Get(place + 2) };
        int read = _reader.File.Read(offset, _record, 0, _record.Length);
        if (read < 2 * sizeof(uint))
            return null;
        uint head = BinaryPrimitives.ReadUInt32LittleEndian(_record);
        int size =
            _reader.Schema.Measure(head, BinaryPrimitives.ReadUInt32LittleEndian(_record.AsSpan(sizeof(uint))), stream.Number, known: true);
        if (size == 0 || size > read || _reader.Schema.CodeOf(head) is not { } code)
            return null;
        _end ??= new RecordedEvent(stream);
        RecordDecoder.Decode(code, _record, 0, size, ref state, _end);
        return _end;
    }

    private void Note(long run, RecordedEvent end)
    {
        _ends.Set(run * Numbers, end.Stream.RecordOffset);
        _ends.Set(run * Numbers + 1, (long)(end.Ticks - end.TicksSinceLast));
        _ends.Set(run * Numbers + 2, (long)end.LastOwner);
    }

    public void Dispose() => _ends.Dispose();

    private void Forget()
    {
        _frames = new FrameLines();
        _open.Clear();
    }
}
