using System;
using System.IO;
using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>
/// Writes the schema of objwatch 0.3.5: <c>ObjWatch</c>, in which each call is a <c>Function</c> element that holds the events inside it, and what is known of
/// an event stands in attributes. docs/formats.md lists them.
/// </summary>
/// <remarks>Takes the events of one thread after the other, once all have been recorded.</remarks>
internal sealed class XmlWriter : IEventWriter, IDisposable
{
    private readonly TraceReader _reader;
    private readonly TraceClock _clock;
    private readonly Utf8Buffer _buffer;
    private readonly Utf8Buffer _scratch = new(Stream.Null, capacity: 1024);
    private readonly MessageRenderer _messages;
    private readonly OpenCalls _calls = new();
    private CallEnds? _ends;
    private TraceStream? _stream;
    private uint _thread;
    private long _runs;

    /// <param name="reader">The trace.</param>
    /// <param name="names">Its names.</param>
    /// <param name="output">Where the document goes.</param>
    public XmlWriter(TraceReader reader, Names names, Stream output)
    {
        _reader = reader;
        _clock = new TraceClock(reader.Header);
        _buffer = new Utf8Buffer(output);
        _messages = new MessageRenderer(_scratch, names);
    }

    public void Begin()
    {
        _ends = new CallEnds(_reader.Path);
        var run = new RunDescription(_reader);
        XmlText.Attribute(_buffer, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ObjWatch version=\""u8, run.Version);
        XmlText.Attribute(_buffer, " start_time=\""u8, run.StartTime);
        XmlText.Attribute(_buffer, " system_info=\""u8, run.System);
        XmlText.Attribute(_buffer, " runtime=\""u8, run.Runtime);
        XmlText.Attribute(_buffer, " program=\""u8, run.Process);
        _buffer.Append(">\n"u8);
    }

    public void Write(in TraceEvent happened)
    {
        if (happened.Thread != _thread)
            Close(_calls.Count);
        _thread = happened.Thread;
        if (happened.Stream != _stream)
            _runs = 0;
        _stream = happened.Stream;

        switch (happened.Kind)
        {
            case EventKind.Run:
                WriteRun(happened);
                break;
            case EventKind.End:
                WriteEnd(happened);
                break;
            case EventKind.Lost:
                XmlText.Attribute(_buffer, "<lost count=\""u8, (long)happened.Count);
                EndElement(happened);
                break;
            default:
                WriteChange(happened);
                break;
        }
    }

    public void Flush() => _buffer.Flush();

    public void End()
    {
        Close(_calls.Count);
        _buffer.Append("</ObjWatch>\n"u8);
        Flush();
    }

    public void Dispose() => _ends?.Dispose();

    private void WriteRun(in TraceEvent happened)
    {
        Close(_calls.CountFrom(happened.Depth));
        _calls.Enter(happened.Depth);
        XmlText.Attribute(_buffer, "<Function name=\""u8, happened.Name);
        XmlText.Attribute(_buffer, " run_line=\""u8, happened.Line);
        XmlText.Attribute(_buffer, " call_msg=\""u8, happened.Message);
        WriteResult(happened, _ends!.Find(happened.Stream.Number, _runs++));
        MethodText? method = happened.Method;
        if (method?.File is { } file)
            XmlText.Attribute(_buffer, " file=\""u8, file);
        XmlText.Attribute(_buffer, " method_line=\""u8, method?.Line ?? 0);
        XmlText.Attribute(_buffer, " run_ns=\""u8, _clock.Nanoseconds(happened.Ticks));
        WritePlace(happened);
        _buffer.Append(">\n"u8);
    }

    private void WriteResult(in TraceEvent happened, ReadOnlySpan<byte> end)
    {
        if (end.IsEmpty)
            return;
        var cursor = new RecordCursor(end);
        bool failed = (RecordKind)(byte)(cursor.U32() >> 16) == RecordKind.Failed;
        cursor.U32();
        ulong ticks = cursor.U64();
        cursor.U32();
        _scratch.Clear();
        _messages.WriteResult(ref cursor, failed);
        WriteResult(_scratch.Written, happened.Line, failed, ticks);
    }

    private void WriteResult(ReadOnlySpan<byte> message, int line, bool failed, ulong ticks)
    {
        XmlText.Attribute(_buffer, " return_msg=\""u8, message);
        XmlText.Attribute(_buffer, " end_line=\""u8, line);
        if (failed)
            _buffer.Append(" failed=\"true\""u8);
        XmlText.Attribute(_buffer, " end_ns=\""u8, _clock.Nanoseconds(ticks));
    }

    private void WriteEnd(in TraceEvent happened)
    {
        Close(_calls.CountFrom(happened.Depth + 1));
        if (_calls.IsInnermost(happened.Depth))
        {
            Close(1);
            return;
        }

        // Its run was not recorded: tracing began in between.
        XmlText.Attribute(_buffer, "<end name=\""u8, happened.Name);
        WriteResult(happened.Message, happened.Line, happened.Failed, happened.Ticks);
        EndElement(happened);
    }

    private void WriteChange(in TraceEvent happened)
    {
        _buffer.Append((byte)'<');
        _buffer.Append(happened.Kind.Label());
        XmlText.Attribute(_buffer, " name=\""u8, happened.Name);
        XmlText.Attribute(_buffer, " line=\""u8, happened.Line);
        if (happened.Kind == EventKind.Update)
        {
            XmlText.Attribute(_buffer, " old=\""u8, happened.Old);
            XmlText.Attribute(_buffer, " new=\""u8, happened.New);
        }
        else
        {
            XmlText.Attribute(_buffer, " old=\""u8, Length(happened.CollectionType, happened.OldLength));
            XmlText.Attribute(_buffer, " new=\""u8, Length(happened.CollectionType, happened.NewLength));
        }

        if (happened.Method?.File is { } file)
            XmlText.Attribute(_buffer, " file=\""u8, file);
        EndElement(happened);
    }

    private ReadOnlySpan<byte> Length(ReadOnlySpan<byte> type, uint length)
    {
        _scratch.Clear();
        _scratch.Append((byte)'(');
        _scratch.Append(type);
        _scratch.Append(")(len)"u8);
        _scratch.Append((long)length);
        return _scratch.Written;
    }

    private void WritePlace(in TraceEvent happened)
    {
        if (happened.Object != 0)
            XmlText.Attribute(_buffer, " object=\""u8, happened.Object);
        XmlText.Attribute(_buffer, " thread=\""u8, happened.Thread);
        XmlText.Attribute(_buffer, " call_depth=\""u8, happened.Depth);
    }

    private void EndElement(in TraceEvent happened)
    {
        WritePlace(happened);
        _buffer.Append("/>\n"u8);
        _buffer.FlushIfFull();
    }

    private void Close(int calls)
    {
        for (; calls > 0; calls--)
        {
            _calls.Leave();
            _buffer.Append("</Function>\n"u8);
            _buffer.FlushIfFull();
        }
    }
}
