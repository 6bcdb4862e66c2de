using ObjWatch.Trace.Format;

namespace ObjWatch.Values;

/// <summary>A record that is being written, while values are written elsewhere.</summary>
internal readonly unsafe struct OpenRecord
{
    private readonly RecordBuffer _buffer;
    private readonly byte* _start;
    private readonly byte* _firstValue;
    private readonly byte* _cursor;
    private readonly byte* _end;

    /// <summary>Turns a buffer to other memory, until <see cref="GoOn"/>.</summary>
    /// <param name="buffer">The buffer, in the middle of a record or not.</param>
    /// <param name="elsewhere">Where values are written: room for a record of any size.</param>
    public OpenRecord(RecordBuffer buffer, byte* elsewhere)
    {
        _buffer = buffer;
        _start = buffer.RecordStart;
        _firstValue = buffer.FirstValue;
        _cursor = buffer.Cursor;
        _end = buffer.RecordEnd;
        buffer.RecordStart = buffer.FirstValue = buffer.Cursor = elsewhere;
        buffer.RecordEnd = elsewhere + TraceFormat.MaximumRecordSize;
    }

    /// <summary>The buffer goes on with the record.</summary>
    public void GoOn()
    {
        _buffer.RecordStart = _start;
        _buffer.FirstValue = _firstValue;
        _buffer.Cursor = _cursor;
        _buffer.RecordEnd = _end;
    }
}
