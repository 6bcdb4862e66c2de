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
    private CallEnds? _ends;
    private TraceStream? _stream;
    private uint _thread;
    private long _runs;
    private int _open;

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
        if (run.Rank >= 0)
            XmlText.Attribute(_buffer, " rank=\""u8, run.Rank);
        _buffer.Append(">\n"u8);
    }

    public void Write(in TraceEvent happened)
    {
        if (happened.Thread != _thread)
            Close(_open);
        _thread = happened.Thread;
        if (happened.Stream != _stream)
            _runs = 0;
        _stream = happened.Stream;

        switch (happened.Kind)
        {
            case EventKind.Run or EventKind.Resume:
                WriteRun(happened);
                break;
            case EventKind.End or EventKind.Await:
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

    public void WriteLeftOut(ReadOnlySpan<byte> name, int line, ulong count)
    {
        Close(_open);
        XmlText.Attribute(_buffer, "<left_out name=\""u8, name);
        XmlText.Attribute(_buffer, " line=\""u8, line);
        XmlText.Attribute(_buffer, " count=\""u8, (long)count);
        _buffer.Append("/>\n"u8);
    }

    public void Flush() => _buffer.Flush();

    public void End()
    {
        Close(_open);
        _buffer.Append("</ObjWatch>\n"u8);
        Flush();
    }

    public void Dispose() => _ends?.Dispose();

    private void WriteRun(in TraceEvent happened)
    {
        Close(happened.Ended);
        _open++;
        XmlText.Attribute(_buffer, "<Function name=\""u8, happened.Name);
        XmlText.Attribute(_buffer, " run_line=\""u8, happened.Line);
        if (happened.Kind == EventKind.Resume)
            _buffer.Append(" resumed=\"true\""u8);
        else
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
        var kind = (RecordKind)(byte)(cursor.U32() >> 16);
        cursor.U32();
        ulong ticks = cursor.U64();
        cursor.U32();
        int methodLine = happened.Method?.Line ?? 0;
        // An invocation that goes on shows no caller: its end has the line that its method begins with.
        int line = happened.Kind == EventKind.Run ? happened.Line : methodLine;
        if (kind == RecordKind.Await)
            line = cursor.U32() is > 0 and <= int.MaxValue and uint own ? (int)own : methodLine;
        _scratch.Clear();
        if (kind != RecordKind.Await)
            _messages.WriteResult(ref cursor, kind == RecordKind.Failed);
        else if ((ValueTag)cursor.Next != ValueTag.Void)
            _messages.WriteValue(ref cursor);
        WriteResult(_scratch.Written, line, kind, ticks);
    }

    private void WriteResult(ReadOnlySpan<byte> message, int line, RecordKind kind, ulong ticks)
    {
        if (kind != RecordKind.Await)
            XmlText.Attribute(_buffer, " return_msg=\""u8, message);
        else
            _buffer.Append(" suspended=\"true\""u8);
        if (kind == RecordKind.Await && !message.IsEmpty)
            XmlText.Attribute(_buffer, " yielded=\""u8, message);
        XmlText.Attribute(_buffer, " end_line=\""u8, line);
        if (kind == RecordKind.Failed)
            _buffer.Append(" failed=\"true\""u8);
        XmlText.Attribute(_buffer, " end_ns=\""u8, _clock.Nanoseconds(ticks));
    }

    private void WriteEnd(in TraceEvent happened)
    {
        Close(happened.Ended);
        if (happened.WasOpen)
        {
            Close(1);
            return;
        }

        // Its run was not recorded: tracing began in between.
        RecordKind kind = happened.Kind == EventKind.Await ? RecordKind.Await : happened.Failed ? RecordKind.Failed : RecordKind.End;
        XmlText.Attribute(_buffer, kind == RecordKind.Await ? "<awt name=\""u8 : "<end name=\""u8, happened.Name);
        WriteResult(happened.Message, happened.Line, kind, happened.Ticks);
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
        if (happened.Rank >= 0)
            XmlText.Attribute(_buffer, " rank=\""u8, happened.Rank);
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
            _open--;
            _buffer.Append("</Function>\n"u8);
            _buffer.FlushIfFull();
        }
    }
}
