using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>
/// Writes Chrome trace events: each call a slice of its thread, each change an instant with its values. Changes carry no time of their own;
/// they are spread evenly between the timed events of their thread around them, so that they lie within their call.
/// </summary>
/// <remarks>The arguments of a slice stand in its end: viewers show those of both together, but speedscope takes calls that begin with
/// different arguments for different functions. It also ends a slice only by its name.</remarks>
internal sealed class ChromeWriter : DocumentWriter
{
    private readonly Dictionary<(TraceReader, uint), ChromeThread> _threads = new();
    private ChromeThread? _thread;
    private long[] _processes = [];
    private bool _first = true;

    public ChromeWriter(IReadOnlyList<TraceReader> traces, Stream output)
        : base(traces, output)
    {
    }

    public override void Begin(TraceReader trace, Names names, TextStyle style)
    {
        base.Begin(trace, names, style);
        RunDescription run = RunOf(trace);
        long process = _processes[trace.Index];
        if (run.Rank < 0)
        {
            WriteMetadata("process_name"u8, process, 0, "name"u8, run.Process);
            return;
        }

        WriteMetadata("process_name"u8, process, 0, "name"u8, Names.Safe(FormattableString.Invariant($"rank {run.Rank}")));
        WriteMetadata("process_labels"u8, process, 0, "labels"u8, run.Process);
    }

    public override void WriteLeftOut(TraceReader trace, ReadOnlySpan<byte> name, int line, ulong count)
    {
        StartEntry(Buffer);
        Buffer.Append("{\"ph\":\"M\",\"name\":\"left_out\""u8);
        WriteThread(Buffer, _processes[trace.Index], 0);
        JsonText.Member(Buffer, ",\"args\":{\"name\":"u8, name);
        JsonText.Member(Buffer, ",\"line\":"u8, line);
        JsonText.Member(Buffer, ",\"count\":"u8, (long)count);
        Buffer.Append("}}"u8);
    }

    protected override void WriteHead(RunDescription[] runs)
    {
        JsonText.Member(Buffer, "{\"otherData\":{\"producer\":\"ObjWatch\",\"version\":"u8, runs[0].Version);
        JsonText.Member(Buffer, ",\"start_time\":"u8, runs[0].StartTime);
        JsonText.Member(Buffer, ",\"system_info\":"u8, runs[0].System);
        JsonText.Member(Buffer, ",\"runtime\":"u8, runs[0].Runtime);
        Buffer.Append("},\"displayTimeUnit\":\"ns\",\"traceEvents\":["u8);
        var taken = new HashSet<long>();
        foreach (RunDescription run in runs)
            taken.Add(run.Rank);
        // A process without a rank has its own number, unless that is a rank, or that of another one, on another machine.
        _processes = Array.ConvertAll(runs, run => run.Rank >= 0 ? run.Rank : Free(run.ProcessId));

        long Free(long number)
        {
            while (!taken.Add(number))
                number++;
            return number;
        }
    }

    protected override void WriteFoot()
    {
        foreach (ChromeThread thread in _threads.Values)
        {
            thread.WritePending(Buffer, thread.Now);
            Close(thread, thread.Open.Count, thread.Now);
        }

        Buffer.Append("\n]}\n"u8);
    }

    protected override void Turn(TraceStream stream)
    {
        TraceReader trace = stream.Reader;
        uint number = stream.Thread;
        if (_threads.TryGetValue((trace, number), out _thread))
            return;
        _thread = new ChromeThread(_processes[trace.Index], number);
        _threads.Add((trace, number), _thread);
        string name = trace.Definitions.Threads.TryGetValue(number, out RecordedThread? thread) ? thread.Name : "";
        WriteMetadata("thread_name"u8, _thread.Process, number, "name"u8,
            Names.Safe(FormattableString.Invariant($"T{number} {name}").TrimEnd()));
    }

    protected override void Begin(in NamedEvent happened)
    {
        ChromeThread thread = _thread!;
        long time = Settle(thread, happened.Nanoseconds);
        Close(thread, happened.Ended, time);
        MethodText? method = happened.Method;
        byte[] name = method?.NameInModule ?? happened.Name.ToArray();
        Utf8Buffer arguments = thread.Arguments;
        thread.Open.Push((name, arguments.Written.Length));
        JsonText.Member(arguments, "\"qualified_name\":"u8, happened.Name);
        if (happened.Kind == TraceEventKind.MethodResumed)
            arguments.Append(",\"resumed\":true"u8);
        else
            JsonText.Member(arguments, ",\"call_msg\":"u8, happened.Message);
        JsonText.Member(arguments, ",\"run_line\":"u8, happened.Line);
        if (method?.File is { } file)
            JsonText.Member(arguments, ",\"file\":"u8, file);
        JsonText.Member(arguments, ",\"method_line\":"u8, method?.Line ?? 0);
        if (happened.Object != 0)
            JsonText.Member(arguments, ",\"object\":"u8, happened.Object);
        EventMembers.WriteFlow(arguments, happened.Recorded);
        JsonText.Member(arguments, ",\"call_depth\":"u8, happened.Depth);
        BeginSlice("{\"ph\":\"B\",\"cat\":\"run\""u8, thread, name, time);
        Buffer.Append((byte)'}');
    }

    protected override void End(in NamedEvent happened)
    {
        ChromeThread thread = _thread!;
        long time = Settle(thread, happened.Nanoseconds);
        Close(thread, happened.Ended, time);
        if (happened.WasOpen)
        {
            EndSlice(thread, time);
            Buffer.Append((byte)',');
        }
        else
        {
            // Without its run (tracing began in between) it would end another call's slice.
            ReadOnlySpan<byte> label = happened.Kind.Label();
            BeginSlice("{\"ph\":\"i\",\"s\":\"t\""u8, thread, label, time);
            JsonText.Member(Buffer, ",\"cat\":"u8, label);
            JsonText.Member(Buffer, ",\"args\":{\"qualified_name\":"u8, happened.Name);
            JsonText.Member(Buffer, ",\"call_depth\":"u8, happened.Depth);
            Buffer.Append((byte)',');
        }

        EventMembers.WriteResult(Buffer, happened);
        Buffer.Append("}}"u8);
    }

    protected override void Change(in NamedEvent happened)
    {
        Utf8Buffer pending = BeginInstant(happened);
        JsonText.Member(pending, ",\"name\":"u8, happened.Name);
        JsonText.Member(pending, ",\"args\":{\"line\":"u8, happened.Line);
        WriteValues(pending, happened);
        EndInstant(pending, happened);
    }

    protected override void Line(in NamedEvent happened)
    {
        Utf8Buffer pending = BeginInstant(happened);
        JsonText.Member(pending, ",\"name\":"u8, happened.Name);
        JsonText.Member(pending, ",\"args\":{\"line\":"u8, happened.Line);
        EndInstant(pending, happened);
    }

    protected override void Output(in NamedEvent happened)
    {
        Utf8Buffer pending = BeginInstant(happened);
        JsonText.Member(pending, ",\"name\":"u8, happened.Message);
        JsonText.Member(pending, ",\"args\":{\"channel\":"u8, happened.Name);
        EndInstant(pending, happened);
    }

    protected override void Test(in NamedEvent happened)
    {
        Utf8Buffer pending = BeginInstant(happened);
        JsonText.Member(pending, ",\"name\":"u8, happened.Name);
        JsonText.Member(pending, ",\"args\":{\"outcome\":"u8, happened.Kind == TraceEventKind.TestEnded
            ? EventKinds.Outcome(happened.Recorded.Detail) : "begun"u8);
        JsonText.Member(pending, ",\"message\":"u8, happened.Message);
        EndInstant(pending, happened);
    }

    protected override void Lost(in NamedEvent happened)
    {
        Utf8Buffer pending = BeginInstant(happened);
        JsonText.Member(pending, ",\"name\":\"lost\",\"args\":{\"count\":"u8, (long)happened.Recorded.Count);
        EndInstant(pending, happened);
    }

    /// <summary>Begins an instant of which the time is not known yet.</summary>
    private Utf8Buffer BeginInstant(in NamedEvent happened)
    {
        ChromeThread thread = _thread!;
        if (thread.IsFull)
            thread.WritePending(Buffer, thread.Now);
        Utf8Buffer pending = thread.BeginPending();
        StartEntry(pending);
        pending.Append("{\"ph\":\"i\",\"s\":\"t\""u8);
        WriteThread(pending, thread.Process, thread.Number);
        JsonText.Member(pending, ",\"cat\":"u8, happened.Kind.Label());
        return pending;
    }

    private void EndInstant(Utf8Buffer pending, in NamedEvent happened)
    {
        if (happened.Object != 0)
            JsonText.Member(pending, ",\"object\":"u8, happened.Object);
        JsonText.Member(pending, ",\"call_depth\":"u8, happened.Depth);
        pending.Append("}}"u8);
        _thread!.EndPending();
    }

    private static void WriteValues(Utf8Buffer buffer, in NamedEvent happened)
    {
        RecordedEvent recorded = happened.Recorded;
        if (!happened.CollectionType.IsEmpty)
        {
            JsonText.Member(buffer, ",\"type\":"u8, happened.CollectionType);
            JsonText.Member(buffer, ",\"old\":"u8, recorded.OldLength);
            JsonText.Member(buffer, ",\"new\":"u8, recorded.NewLength);
        }

        EventMembers.WriteElements(buffer, happened);
    }

    /// <summary>A timed event has come: the instants before it lie between the last one and this.</summary>
    private long Settle(ChromeThread thread, long nanoseconds)
    {
        // Clocks are per processor: a thread that was moved may seem to go back.
        long time = Math.Max(thread.Now, nanoseconds);
        thread.WritePending(Buffer, time);
        return thread.Now = time;
    }

    /// <summary>Ends slices that have no end in the trace.</summary>
    private void Close(ChromeThread thread, int calls, long time)
    {
        for (; calls > 0; calls--)
        {
            EndSlice(thread, time);
            Buffer.Append(",\"unfinished\":true}}"u8);
        }
    }

    /// <summary>Ends the innermost slice, with the arguments of the call.</summary>
    private void EndSlice(ChromeThread thread, long time)
    {
        (byte[] name, int start) = thread.Open.Pop();
        BeginSlice("{\"ph\":\"E\",\"cat\":\"run\""u8, thread, name, time);
        Buffer.Append(",\"args\":{"u8);
        Buffer.Append(thread.Arguments.Written.Slice(start));
        thread.Arguments.Truncate(start);
    }

    private void BeginSlice(ReadOnlySpan<byte> start, ChromeThread thread, ReadOnlySpan<byte> name, long time)
    {
        StartEntry(Buffer);
        Buffer.Append(start);
        JsonText.Member(Buffer, ",\"name\":"u8, name);
        WriteThread(Buffer, thread.Process, thread.Number);
        ChromeThread.WriteTime(Buffer, time);
    }

    private void WriteMetadata(ReadOnlySpan<byte> what, long process, long thread, ReadOnlySpan<byte> key, ReadOnlySpan<byte> value)
    {
        StartEntry(Buffer);
        JsonText.Member(Buffer, "{\"ph\":\"M\",\"name\":"u8, what);
        WriteThread(Buffer, process, thread);
        Buffer.Append(",\"args\":{\""u8);
        Buffer.Append(key);
        JsonText.Member(Buffer, "\":"u8, value);
        Buffer.Append("}}"u8);
    }

    private void StartEntry(Utf8Buffer buffer)
    {
        buffer.Append(_first ? "\n"u8 : ",\n"u8);
        _first = false;
    }

    private static void WriteThread(Utf8Buffer buffer, long process, long thread)
    {
        JsonText.Member(buffer, ",\"pid\":"u8, process);
        JsonText.Member(buffer, ",\"tid\":"u8, thread);
    }
}
