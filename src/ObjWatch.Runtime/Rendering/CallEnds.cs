using System;
using System.Collections.Generic;
using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>
/// Where in a trace each call has its end. A start tag has room for nothing that is known later, so who writes one must look ahead; this
/// is one pass over the trace that takes bounded memory.
/// </summary>
internal sealed class CallEnds : IRecordVisitor, IDisposable
{
    private readonly TraceReader _reader;
    private readonly NumberFile _offsets = new();
    private readonly Dictionary<uint, (long First, long Count)> _runs = new();
    private readonly OpenCalls _calls = new();
    private readonly byte[] _record = new byte[TraceFormat.MaximumRecordSize];
    private long _count;
    private uint _thread;

    /// <summary>Looks through a trace.</summary>
    /// <param name="path">The trace.</param>
    public CallEnds(string path)
    {
        _reader = new TraceReader(path, growing: false);
        foreach (TraceStream stream in ByThread.InOrder(_reader))
        {
            long first = _count;
            ByThread.Read(stream, this, ulong.MaxValue);
            _runs.Add(stream.Number, (first, _count - first));
            Leave(_calls.Count);
        }
    }

    void IRecordVisitor.Visit(TraceStream stream, ReadOnlySpan<byte> record)
    {
        var cursor = new RecordCursor(record);
        var kind = (RecordKind)(byte)(cursor.U32() >> 16);
        if (kind is not (RecordKind.Run or RecordKind.End or RecordKind.Failed))
            return;
        if (stream.Thread != _thread)
            Leave(_calls.Count);
        _thread = stream.Thread;
        cursor.U32();
        cursor.U64();
        if (kind == RecordKind.Run)
            cursor.U32();
        int depth = FrameLines.Limit(cursor.U32());
        Leave(_calls.CountFrom(kind == RecordKind.Run ? depth : depth + 1));
        if (kind == RecordKind.Run)
        {
            _calls.Enter(depth, _count++);
        }
        else if (_calls.IsInnermost(depth))
        {
            _offsets.Set(_calls.Mark, stream.RecordOffset);
            _calls.Leave();
        }
    }

    /// <summary>The record that ends a call.</summary>
    /// <param name="stream">Number of its stream.</param>
    /// <param name="run">Which of the calls of its stream it is, from 0. Fast where they are asked for in order.</param>
    /// <returns>The record; empty where the call has no end.</returns>
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

    public void Dispose()
    {
        _reader.Dispose();
        _offsets.Dispose();
    }

    private void Leave(int calls)
    {
        for (; calls > 0; calls--)
            _calls.Leave();
    }
}
