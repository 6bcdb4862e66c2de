using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>
/// Writes Chrome trace events: each call a slice of its thread, each change an instant with its values. Changes carry no time of their own;
/// they are spread evenly between the timed events of their thread around them, so that they lie within their call.
/// </summary>
/// <remarks>The arguments of a slice stand in its end: viewers show those of both together, but speedscope takes calls that begin with different
/// arguments for different functions. It also ends a slice only by its name.</remarks>
internal sealed class ChromeWriter : IEventWriter
{
    private readonly TraceReader _reader;
    private readonly TraceClock _clock;
    private readonly Utf8Buffer _buffer;
    private readonly Dictionary<uint, ChromeThread> _threads = new();
    private ChromeThread? _thread;
    private long _processId;
    private bool _first = true;

    public ChromeWriter(TraceReader reader, Stream output)
    {
        _reader = reader;
        _clock = new TraceClock(reader.Header);
        _buffer = new Utf8Buffer(output);
    }

    public void Begin()
    {
        var run = new RunDescription(_reader);
        _processId = run.Rank >= 0 ? run.Rank : _reader.Header.ProcessId;
        JsonText.Member(_buffer, "{\"otherData\":{\"version\":"u8, run.Version);
        JsonText.Member(_buffer, ",\"start_time\":"u8, run.StartTime);
        JsonText.Member(_buffer, ",\"system_info\":"u8, run.System);
        JsonText.Member(_buffer, ",\"runtime\":"u8, run.Runtime);
        _buffer.Append("},\"displayTimeUnit\":\"ns\",\"traceEvents\":["u8);
        Metadata("process_name"u8, thread: 0, run.Process);
    }

    public void Write(in TraceEvent happened)
    {
        if (_thread is null || _thread.Number != happened.Thread)
            Turn(happened.Thread);
        ChromeThread thread = _thread!;
        switch (happened.Kind)
        {
            case EventKind.Run or EventKind.Resume:
                WriteRun(thread, happened);
                break;
            case EventKind.End or EventKind.Await:
                WriteEnd(thread, happened);
                break;
            default:
                WriteInstant(thread, happened);
                break;
        }

        _buffer.FlushIfFull();
    }

    public void WriteLeftOut(ReadOnlySpan<byte> name, int line, ulong count)
    {
        StartEntry(_buffer);
        _buffer.Append("{\"ph\":\"M\",\"name\":\"left_out\""u8);
        WriteThread(_buffer, 0);
        JsonText.Member(_buffer, ",\"args\":{\"name\":"u8, name);
        JsonText.Member(_buffer, ",\"line\":"u8, line);
        JsonText.Member(_buffer, ",\"count\":"u8, (long)count);
        _buffer.Append("}}"u8);
    }

    public void Flush() => _buffer.Flush();

    public void End()
    {
        foreach (ChromeThread thread in _threads.Values)
        {
            thread.WritePending(_buffer, thread.Now);
            Close(thread, thread.Open.Count, thread.Now);
        }

        _buffer.Append("\n]}\n"u8);
        Flush();
    }

    private void Turn(uint number)
    {
        if (_threads.TryGetValue(number, out _thread))
            return;
        _thread = new ChromeThread(number);
        _threads.Add(number, _thread);
        string name = _reader.Definitions.Threads.TryGetValue(number, out ThreadDefinition? thread) ? thread.Name : "";
        Metadata("thread_name"u8, number, Names.Safe(FormattableString.Invariant($"T{number} {name}").TrimEnd()));
    }

    private void WriteRun(ChromeThread thread, in TraceEvent happened)
    {
        long time = Settle(thread, happened.Ticks);
        Close(thread, happened.Ended, time);
        MethodText? method = happened.Method;
        byte[] name = method?.NameInModule ?? happened.Name.ToArray();
        Utf8Buffer arguments = thread.Arguments;
        thread.Open.Push((name, arguments.Written.Length));
        JsonText.Member(arguments, "\"qualified_name\":"u8, happened.Name);
        if (happened.Kind == EventKind.Resume)
            arguments.Append(",\"resumed\":true"u8);
        else
            JsonText.Member(arguments, ",\"call_msg\":"u8, happened.Message);
        JsonText.Member(arguments, ",\"run_line\":"u8, happened.Line);
        if (method?.File is { } file)
            JsonText.Member(arguments, ",\"file\":"u8, file);
        JsonText.Member(arguments, ",\"method_line\":"u8, method?.Line ?? 0);
        if (happened.Object != 0)
            JsonText.Member(arguments, ",\"object\":"u8, happened.Object);
        JsonText.Member(arguments, ",\"call_depth\":"u8, happened.Depth);
        BeginSlice("{\"ph\":\"B\",\"cat\":\"run\""u8, thread, name, time);
        _buffer.Append((byte)'}');
    }

    private void WriteEnd(ChromeThread thread, in TraceEvent happened)
    {
        long time = Settle(thread, happened.Ticks);
        Close(thread, happened.Ended, time);
        if (happened.WasOpen)
        {
            EndSlice(thread, time);
            _buffer.Append((byte)',');
        }
        else
        {
            // Without its run (tracing began in between) it would end another call's slice.
            ReadOnlySpan<byte> label = happened.Kind.Label();
            BeginSlice("{\"ph\":\"i\",\"s\":\"t\""u8, thread, label, time);
            JsonText.Member(_buffer, ",\"cat\":"u8, label);
            JsonText.Member(_buffer, ",\"args\":{\"qualified_name\":"u8, happened.Name);
            JsonText.Member(_buffer, ",\"call_depth\":"u8, happened.Depth);
            _buffer.Append((byte)',');
        }

        if (happened.Kind == EventKind.End)
            JsonText.Member(_buffer, "\"return_msg\":"u8, happened.Message);
        else
            _buffer.Append("\"suspended\":true"u8);
        if (happened.Kind == EventKind.Await && !happened.Message.IsEmpty)
            JsonText.Member(_buffer, ",\"yielded\":"u8, happened.Message);
        JsonText.Member(_buffer, ",\"end_line\":"u8, happened.Line);
        _buffer.Append(happened.Failed ? ",\"failed\":true}}"u8 : "}}"u8);
    }

    /// <summary>Notes an instant of which the time is not known yet.</summary>
    private void WriteInstant(ChromeThread thread, in TraceEvent happened)
    {
        if (thread.IsFull)
            thread.WritePending(_buffer, thread.Now);
        Utf8Buffer pending = thread.BeginPending();
        StartEntry(pending);
        pending.Append("{\"ph\":\"i\",\"s\":\"t\""u8);
        WriteThread(pending, thread.Number);
        JsonText.Member(pending, ",\"cat\":"u8, happened.Kind.Label());
        if (happened.Kind == EventKind.Lost)
        {
            JsonText.Member(pending, ",\"name\":\"lost\",\"args\":{\"count\":"u8, (long)happened.Count);
        }
        else
        {
            JsonText.Member(pending, ",\"name\":"u8, happened.Name);
            JsonText.Member(pending, ",\"args\":{\"line\":"u8, happened.Line);
            WriteValues(pending, happened);
        }

        EndArguments(pending, happened);
        thread.EndPending();
    }

    private static void WriteValues(Utf8Buffer buffer, in TraceEvent happened)
    {
        if (happened.Kind == EventKind.Update)
        {
            JsonText.Member(buffer, ",\"old\":"u8, happened.Old);
            JsonText.Member(buffer, ",\"new\":"u8, happened.New);
            return;
        }

        JsonText.Member(buffer, ",\"type\":"u8, happened.CollectionType);
        JsonText.Member(buffer, ",\"old\":"u8, happened.OldLength);
        JsonText.Member(buffer, ",\"new\":"u8, happened.NewLength);
    }

    private static void EndArguments(Utf8Buffer buffer, in TraceEvent happened)
    {
        if (happened.Object != 0)
            JsonText.Member(buffer, ",\"object\":"u8, happened.Object);
        JsonText.Member(buffer, ",\"call_depth\":"u8, happened.Depth);
        buffer.Append("}}"u8);
    }

    /// <summary>A timed event has come: the instants before it lie between the last one and this.</summary>
    private long Settle(ChromeThread thread, ulong ticks)
    {
        // Clocks are per processor: a thread that was moved may seem to go back.
        long time = Math.Max(thread.Now, _clock.Nanoseconds(ticks));
        thread.WritePending(_buffer, time);
        return thread.Now = time;
    }

    /// <summary>Ends slices that have no end in the trace.</summary>
    private void Close(ChromeThread thread, int calls, long time)
    {
        for (; calls > 0; calls--)
        {
            EndSlice(thread, time);
            _buffer.Append(",\"unfinished\":true}}"u8);
        }
    }

    /// <summary>Ends the innermost slice, with the arguments of the call.</summary>
    private void EndSlice(ChromeThread thread, long time)
    {
        (byte[] name, int start) = thread.Open.Pop();
        BeginSlice("{\"ph\":\"E\",\"cat\":\"run\""u8, thread, name, time);
        _buffer.Append(",\"args\":{"u8);
        _buffer.Append(thread.Arguments.Written.Slice(start));
        thread.Arguments.Truncate(start);
    }

    private void BeginSlice(ReadOnlySpan<byte> start, ChromeThread thread, ReadOnlySpan<byte> name, long time)
    {
        StartEntry(_buffer);
        _buffer.Append(start);
        JsonText.Member(_buffer, ",\"name\":"u8, name);
        WriteThread(_buffer, thread.Number);
        ChromeThread.WriteTime(_buffer, time);
    }

    private void Metadata(ReadOnlySpan<byte> what, long thread, ReadOnlySpan<byte> name)
    {
        StartEntry(_buffer);
        JsonText.Member(_buffer, "{\"ph\":\"M\",\"name\":"u8, what);
        WriteThread(_buffer, thread);
        JsonText.Member(_buffer, ",\"args\":{\"name\":"u8, name);
        _buffer.Append("}}"u8);
    }

    private void StartEntry(Utf8Buffer buffer)
    {
        buffer.Append(_first ? "\n"u8 : ",\n"u8);
        _first = false;
    }

    private void WriteThread(Utf8Buffer buffer, long thread)
    {
        JsonText.Member(buffer, ",\"pid\":"u8, _processId);
        JsonText.Member(buffer, ",\"tid\":"u8, thread);
    }
}
