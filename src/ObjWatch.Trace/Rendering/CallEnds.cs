using System;
using System.Collections.Generic;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>
/// Where in a trace each invocation has its end, or is suspended. A start tag has room for nothing that is known later, so who writes one must look ahead; this
/// is one pass over the trace that takes bounded memory.
/// </summary>
internal sealed class CallEnds : IRecordVisitor, IDisposable
{
    private readonly TraceReader _reader;
    private readonly NumberFile _offsets = new();
    private readonly Dictionary<uint, (long First, long Count)> _runs = new();
    private readonly Stack<long> _open = new();
    private readonly byte[] _record = new byte[TraceFormat.MaximumRecordSize];
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

    void IRecordVisitor.Visit(TraceStream stream, ReadOnlySpan<byte> record)
    {
        var cursor = new RecordCursor(record);
        var kind = (RecordKind)(byte)(cursor.U32() >> 16);
        bool begins = kind is RecordKind.Run or RecordKind.Resume;
        if (!begins && kind is not (RecordKind.End or RecordKind.Failed or RecordKind.Await))
            return;
        if (stream.Thread != _thread)
            Forget();
        _thread = stream.Thread;
        cursor.U32();
        cursor.U64();
        if (kind == RecordKind.Run)
            cursor.U32();
        uint depth = cursor.U32();
        if (kind == RecordKind.Run)
            _frames.Enter(depth, 0);
        else if (kind == RecordKind.Resume)
            _frames.Resume(depth);
        else
            _frames.Leave(depth, 0, out _);
        for (int i = _frames.Ended; i > 0; i--)
            _open.Pop();
        if (begins)
            _open.Push(_count++);
        else if (_frames.WasOpen)
            _offsets.Set(_open.Pop(), stream.RecordOffset);
    }

    /// <summary>The record that ends an invocation or suspends it.</summary>
    /// <param name="stream">Number of its stream.</param>
    /// <param name="run">Which of the runs and resumptions of its stream it is, from 0. Fast where they are asked for in order.</param>
    /// <returns>The record; empty where there is none.</returns>
    public ReadOnlySpan<byte> Find(uint stream, long run)
    {
        if (!_runs.TryGetValue(stream, out (long First, long Count) runs) || run >= runs.Count)
            return default;
        long offset = _offsets.Get(runs.First + run);
        if (offset == 0)
            return default;
        int read = _reader.File.Read(offset, _record, 0, _record.Length);
        if (read < sizeof(uint))
            return default;
        int size = _record[0] | _record[1] << 8;
        return _record.AsSpan(0, Math.Min(size, read));
    }

    public void Dispose() => _offsets.Dispose();

    private void Forget()
    {
        _frames = new FrameLines();
        _open.Clear();
    }
}
