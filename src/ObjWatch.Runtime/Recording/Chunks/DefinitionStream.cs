using System;
using System.Runtime.InteropServices;
using System.Threading;
using ObjWatch.Threading;
using ObjWatch.Trace.Format;
using ObjWatch.Values.Naming;

namespace ObjWatch.Recording.Chunks;

/// <summary>Stream 0 of a trace: what its records refer to by number, and what there is to say of the run. Written by any thread, one at a
/// time.</summary>
internal sealed unsafe class DefinitionStream : IDefinitionSink
{
    private readonly object _gate = new();
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
    public void WriteFact(string key, string value) => Write(RecordKind.Fact, new DefinitionBody().Write(key).Write(value));

    /// <summary>Names a thread.</summary>
    public void WriteThread(int number, int managedThreadId, string? name) =>
        Write(RecordKind.Thread, new DefinitionBody().Write(number).Write(managedThreadId).Write(name ?? ""));

    /// <summary>Says how many events at a site a limit has left out so far.</summary>
    public void WriteLeftOut(int site, long count) => Write(RecordKind.LeftOut, new DefinitionBody().Write(site).Write(count));

    /// <summary>Says how far the last chunk of a stream has been written, with the check of its last window (0: not known).</summary>
    public void WriteWritten(long chunkOffset, int bytes, uint check) =>
        Write(RecordKind.Written, new DefinitionBody().Write(chunkOffset).Write(bytes).Write((int)check));

    /// <summary>Writes one definition; it is visible when this returns.</summary>
    public void Write(RecordKind kind, byte[] body)
    {
        int size = (sizeof(uint) + body.Length + 3) & ~3;
        if (size > TraceFormat.MaximumRecordSize)
            throw new ArgumentOutOfRangeException(nameof(body), $"a definition of {size} bytes does not fit into a record");
        using (new HeldLock(_gate))
        {
            if (_closed || ((_chunk == null || _position + size > _chunk.EndOfRecords) && !NextChunk()))
                return;
            Marshal.Copy(body, 0, (IntPtr)(_position + sizeof(uint)), body.Length);
            byte* start = _position;
            _position += size;
            Volatile.Write(ref *(uint*)start, RecordHead.Sized(kind, size));
        }
    }

    /// <summary>Writes nothing more.</summary>
    public void Close()
    {
        using (new HeldLock(_gate))
        {
            _closed = true;
            Complete();
            _chunk = null;
        }
    }

    private void Write(RecordKind kind, DefinitionBody body) => Write(kind, body.ToArray());

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
