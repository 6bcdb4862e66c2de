using System;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Trace.Format;

namespace ObjWatch.Recording;

/// <summary>Stream 0 of a trace. Written by any thread, one at a time: callers hold a lock.</summary>
internal sealed unsafe class DefinitionStream
{
    private readonly TraceWriter _file;
    private TraceChunk? _chunk;
    private byte* _position;
    private int _sequence;
    private bool _closed;

    public DefinitionStream(TraceWriter file)
    {
        _file = file;
    }

    /// <summary>Writes a fact about the run.</summary>
    public void WriteFact(string key, string value) =>
        Write(RecordKind.Fact, new Values.DefinitionBody().Write(key).Write(value).ToArray());

    /// <summary>Writes one definition; it is visible when this returns.</summary>
    public void Write(RecordKind kind, byte[] body)
    {
        int size = (sizeof(uint) + body.Length + 3) & ~3;
        if (size > TraceFormat.MaximumRecordSize)
            throw new ArgumentOutOfRangeException(nameof(body), $"a definition of {size} bytes does not fit into a record");
        if (_closed)
            return;
        if ((_chunk == null || _position + size > _chunk.EndOfRecords) && !NextChunk())
            return;
        Marshal.Copy(body, 0, (IntPtr)(_position + sizeof(uint)), body.Length);
        byte* start = _position;
        _position += size;
        Volatile.Write(ref *(uint*)start, RecordHead.Sized(kind, size));
    }

    /// <summary>Writes nothing more.</summary>
    public void Close()
    {
        _closed = true;
        Complete();
        _chunk = null;
    }

    private void Complete() => _chunk?.Complete(_chunk.FirstRecord, _position, events: 0);

    private bool NextChunk()
    {
        Complete();
        _chunk = _file.Take(stream: 0, _sequence++, thread: 0, ordinal: 0);
        if (_chunk == null)
            return false;
        _position = _chunk.FirstRecord;
        return true;
    }
}
