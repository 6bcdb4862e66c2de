using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>
/// Writes the schema of objwatch 0.5.1: <c>ObjWatch</c> with <c>runtime_info</c>, <c>config</c> and <c>events</c>, in which each call is a <c>Function</c>
/// that holds the events inside it. docs/formats.md lists the fields.
/// </summary>
/// <remarks>Takes the events of one thread after the other: calls of several threads do not lie in each other.</remarks>
internal sealed class JsonWriter : IEventWriter
{
    private readonly TraceReader _reader;
    private readonly TraceClock _clock;
    private readonly Utf8Buffer _buffer;
    private readonly Stack<byte[]?> _files = new();
    private readonly List<uint> _threads = [];
    private uint _thread;
    private long _lastId;
    private bool _first = true;

    public JsonWriter(TraceReader reader, Stream output)
    {
        _reader = reader;
        _clock = new TraceClock(reader.Header);
        _buffer = new Utf8Buffer(output);
    }

    public void Begin()
    {
        var run = new RunDescription(_reader);
        JsonText.Member(_buffer, "{\"ObjWatch\":{\"runtime_info\":{\"version\":"u8, run.Version);
        JsonText.Member(_buffer, ",\"start_time\":"u8, run.StartTime);
        JsonText.Member(_buffer, ",\"system_info\":"u8, run.System);
        JsonText.Member(_buffer, ",\"runtime\":"u8, run.Runtime);
        JsonText.Member(_buffer, ",\"program\":"u8, run.Process);
        JsonText.Member(_buffer, ",\"process_id\":"u8, _reader.Header.ProcessId);
        if (run.Rank >= 0)
            JsonText.Member(_buffer, ",\"rank\":"u8, run.Rank);
        _buffer.Append("},\n\"config\":{\"targets\":"u8);
        WriteList(run.Targets);
        _buffer.Append(",\"exclude_targets\":"u8);
        WriteList(run.Excluded);
        foreach (KeyValuePair<byte[], byte[]> option in run.Options)
        {
            _buffer.Append((byte)',');
            JsonText.String(_buffer, option.Key);
            JsonText.Member(_buffer, ":"u8, option.Value);
        }

        _buffer.Append("},\n\"events\":["u8);
    }

    public void Write(in TraceEvent happened)
    {
        if (happened.Thread != _thread)
            Turn(happened.Thread);
        switch (happened.Kind)
        {
            case EventKind.Run or EventKind.Resume:
                WriteRun(happened);
                break;
            case EventKind.End or EventKind.Await:
                WriteEnd(happened);
                break;
            case EventKind.Lost:
                BeginEntry(EventKind.Lost);
                JsonText.Member(_buffer, ",\"count\":"u8, (long)happened.Count);
                EndEntry(happened);
                break;
            default:
                WriteChange(happened);
                break;
        }
    }

    public void WriteLeftOut(ReadOnlySpan<byte> name, int line, ulong count)
    {
        Close(_files.Count);
        BeginEntry("left_out"u8);
        JsonText.Member(_buffer, ",\"name\":"u8, name);
        JsonText.Member(_buffer, ",\"line\":"u8, line);
        JsonText.Member(_buffer, ",\"count\":"u8, (long)count);
        _buffer.Append((byte)'}');
    }

    public void Flush() => _buffer.Flush();

    public void End()
    {
        Close(_files.Count);
        _buffer.Append("\n],\n\"threads\":["u8);
        bool first = true;
        foreach (uint number in _threads)
        {
            JsonText.Member(_buffer, first ? "\n{\"thread\":"u8 : ",\n{\"thread\":"u8, number);
            if (_reader.Definitions.Threads.TryGetValue(number, out ThreadDefinition? thread))
            {
                JsonText.Member(_buffer, ",\"managed_id\":"u8, thread.ManagedId);
                JsonText.Member(_buffer, ",\"name\":"u8, Names.Safe(thread.Name));
            }

            _buffer.Append((byte)'}');
            first = false;
        }

        _buffer.Append("]}}\n"u8);
        Flush();
    }

    private void Turn(uint thread)
    {
        Close(_files.Count);
        _thread = thread;
        _threads.Add(thread);
    }

    private void WriteRun(in TraceEvent happened)
    {
        Close(happened.Ended);
        _files.Push(happened.Method?.File);
        BeginEntry("Function"u8);
        MethodText? method = happened.Method;
        JsonText.Member(_buffer, ",\"module\":"u8, method?.Module);
        JsonText.Member(_buffer, ",\"symbol\":"u8, method is null ? happened.Name : method.NameInModule);
        JsonText.Member(_buffer, ",\"symbol_type\":\"method\",\"run_line\":"u8, happened.Line);
        JsonText.Member(_buffer, ",\"qualified_name\":"u8, happened.Name);
        if (happened.Kind == EventKind.Resume)
            _buffer.Append(",\"resumed\":true"u8);
        else
            JsonText.Member(_buffer, ",\"call_msg\":"u8, happened.Message);
        if (method?.File is { } file)
            JsonText.Member(_buffer, ",\"file\":"u8, file);
        JsonText.Member(_buffer, ",\"method_line\":"u8, method?.Line ?? 0);
        WriteObject(happened);
        WritePlace(happened);
        JsonText.Member(_buffer, ",\"call_depth\":"u8, happened.Depth);
        JsonText.Member(_buffer, ",\"run_ns\":"u8, _clock.Nanoseconds(happened.Ticks));
        _buffer.Append(",\"events\":["u8);
        _first = true;
    }

    private void WriteEnd(in TraceEvent happened)
    {
        Close(happened.Ended);
        if (happened.WasOpen)
        {
            _files.Pop();
            _buffer.Append((byte)']');
            WriteResult(happened);
            _buffer.Append((byte)'}');
            _first = false;
            _buffer.FlushIfFull();
            return;
        }

        // Its run was not recorded: tracing began in between.
        BeginEntry(happened.Kind);
        JsonText.Member(_buffer, ",\"qualified_name\":"u8, happened.Name);
        WriteResult(happened);
        EndEntry(happened);
    }

    private void WriteResult(in TraceEvent happened)
    {
        if (happened.Kind == EventKind.End)
            JsonText.Member(_buffer, ",\"return_msg\":"u8, happened.Message);
        else
            _buffer.Append(",\"suspended\":true"u8);
        if (happened.Kind == EventKind.Await && !happened.Message.IsEmpty)
            JsonText.Member(_buffer, ",\"yielded\":"u8, happened.Message);
        JsonText.Member(_buffer, ",\"end_line\":"u8, happened.Line);
        if (happened.Failed)
            _buffer.Append(",\"failed\":true"u8);
        JsonText.Member(_buffer, ",\"end_ns\":"u8, _clock.Nanoseconds(happened.Ticks));
    }

    private void WriteChange(in TraceEvent happened)
    {
        BeginEntry(happened.Kind);
        JsonText.Member(_buffer, ",\"name\":"u8, happened.Name);
        JsonText.Member(_buffer, ",\"line\":"u8, happened.Line);
        if (happened.Kind == EventKind.Update)
        {
            JsonText.Member(_buffer, ",\"old\":"u8, happened.Old);
            JsonText.Member(_buffer, ",\"new\":"u8, happened.New);
        }
        else
        {
            WriteLength(",\"old\":{\"type\":"u8, happened.CollectionType, happened.OldLength);
            WriteLength(",\"new\":{\"type\":"u8, happened.CollectionType, happened.NewLength);
        }

        // What an accessor or a helper stores may stand in another file than the call around it.
        if (happened.Method?.File is { } file && (_files.Count == 0 || !file.AsSpan().SequenceEqual(_files.Peek())))
            JsonText.Member(_buffer, ",\"file\":"u8, file);
        EndEntry(happened);
    }

    private void WriteLength(ReadOnlySpan<byte> start, ReadOnlySpan<byte> type, uint length)
    {
        JsonText.Member(_buffer, start, type);
        JsonText.Member(_buffer, ",\"len\":"u8, length);
        _buffer.Append((byte)'}');
    }

    private void WriteObject(in TraceEvent happened)
    {
        if (happened.Object != 0)
            JsonText.Member(_buffer, ",\"object\":"u8, happened.Object);
    }

    private void WritePlace(in TraceEvent happened)
    {
        JsonText.Member(_buffer, ",\"thread\":"u8, happened.Thread);
        if (happened.Rank >= 0)
            JsonText.Member(_buffer, ",\"rank\":"u8, happened.Rank);
    }

    private void WriteList(byte[][] entries)
    {
        for (int i = 0; i < entries.Length; i++)
            JsonText.Member(_buffer, i == 0 ? "["u8 : ","u8, entries[i]);
        _buffer.Append(entries.Length == 0 ? "[]"u8 : "]"u8);
    }

    private void BeginEntry(EventKind kind) => BeginEntry(kind.Label());

    private void BeginEntry(ReadOnlySpan<byte> type)
    {
        _buffer.Append(_first ? "\n{\"id\":"u8 : ",\n{\"id\":"u8);
        _buffer.Append(++_lastId);
        JsonText.Member(_buffer, ",\"type\":"u8, type);
        _first = false;
    }

    private void EndEntry(in TraceEvent happened)
    {
        JsonText.Member(_buffer, ",\"call_depth\":"u8, happened.Depth);
        WriteObject(happened);
        WritePlace(happened);
        _buffer.Append((byte)'}');
        _buffer.FlushIfFull();
    }

    /// <summary>Ends calls that have no end in the trace.</summary>
    private void Close(int calls)
    {
        for (; calls > 0; calls--)
        {
            _files.Pop();
            _buffer.Append("]}"u8);
            _first = false;
        }
    }
}
