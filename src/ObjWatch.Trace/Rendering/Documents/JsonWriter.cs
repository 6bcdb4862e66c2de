using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>
/// Writes the schema of objwatch 0.5.1: <c>ObjWatch</c> with <c>runtime_info</c>, <c>config</c> and <c>events</c>, in which each call is a
/// <c>Function</c> that holds the events inside it. docs/formats.md lists the fields.
/// </summary>
/// <remarks>Takes the events of one thread after the other, and of one trace after the other: calls of several threads do not lie in each
/// other.</remarks>
internal sealed class JsonWriter : DocumentWriter
{
    private readonly Stack<byte[]?> _files = new();
    private readonly List<(TraceReader Trace, uint Thread)> _threads = [];
    private long _lastId;
    private bool _first = true;

    public JsonWriter(IReadOnlyList<TraceReader> traces, Stream output)
        : base(traces, output)
    {
    }

    protected override void WriteHead(RunDescription[] runs)
    {
        RunDescription run = runs[0];
        JsonText.Member(Buffer, "{\"ObjWatch\":{\"runtime_info\":{\"version\":"u8, run.Version);
        JsonText.Member(Buffer, ",\"start_time\":"u8, run.StartTime);
        JsonText.Member(Buffer, ",\"system_info\":"u8, run.System);
        JsonText.Member(Buffer, ",\"runtime\":"u8, run.Runtime);
        JsonText.Member(Buffer, ",\"program\":"u8, run.Process);
        if (runs.Length > 1)
        {
            WriteProcesses(runs);
        }
        else
        {
            JsonText.Member(Buffer, ",\"process_id\":"u8, run.ProcessId);
            WriteRank(run.Rank);
        }

        Buffer.Append("},\n\"config\":{\"targets\":"u8);
        WriteList(run.Targets);
        Buffer.Append(",\"exclude_targets\":"u8);
        WriteList(run.Excluded);
        foreach (KeyValuePair<byte[], byte[]> option in run.Options)
        {
            Buffer.Append((byte)',');
            JsonText.String(Buffer, option.Key);
            JsonText.Member(Buffer, ":"u8, option.Value);
        }

        Buffer.Append("},\n\"events\":["u8);
    }

    protected override void Turn(TraceStream stream)
    {
        Close(_files.Count);
        _threads.Add((stream.Reader, stream.Thread));
    }

    public override void WriteLeftOut(TraceReader trace, ReadOnlySpan<byte> name, int line, ulong count)
    {
        Close(_files.Count);
        BeginEntry("left_out"u8);
        JsonText.Member(Buffer, ",\"name\":"u8, name);
        JsonText.Member(Buffer, ",\"line\":"u8, line);
        JsonText.Member(Buffer, ",\"count\":"u8, (long)count);
        WriteRank(RunOf(trace).Rank);
        Buffer.Append((byte)'}');
    }

    protected override void WriteFoot()
    {
        Close(_files.Count);
        Buffer.Append("\n],\n\"threads\":["u8);
        bool first = true;
        foreach ((TraceReader trace, uint number) in _threads)
        {
            JsonText.Member(Buffer, first ? "\n{\"thread\":"u8 : ",\n{\"thread\":"u8, number);
            if (trace.Definitions.Threads.TryGetValue(number, out RecordedThread? thread))
            {
                JsonText.Member(Buffer, ",\"managed_id\":"u8, thread.ManagedId);
                JsonText.Member(Buffer, ",\"name\":"u8, Names.Safe(thread.Name));
            }

            WriteRank(RunOf(trace).Rank);
            Buffer.Append((byte)'}');
            first = false;
        }

        Buffer.Append("]}}\n"u8);
    }

    protected override void Begin(in NamedEvent happened)
    {
        Close(happened.Ended);
        _files.Push(happened.Method?.File);
        BeginEntry("Function"u8);
        MethodText? method = happened.Method;
        JsonText.Member(Buffer, ",\"module\":"u8, method?.Module);
        JsonText.Member(Buffer, ",\"symbol\":"u8, method is null ? happened.Name : method.NameInModule);
        JsonText.Member(Buffer, ",\"symbol_type\":\"method\",\"run_line\":"u8, happened.Line);
        JsonText.Member(Buffer, ",\"qualified_name\":"u8, happened.Name);
        if (happened.Kind == TraceEventKind.MethodResumed)
            Buffer.Append(",\"resumed\":true"u8);
        else
            JsonText.Member(Buffer, ",\"call_msg\":"u8, happened.Message);
        if (method?.File is { } file)
            JsonText.Member(Buffer, ",\"file\":"u8, file);
        JsonText.Member(Buffer, ",\"method_line\":"u8, method?.Line ?? 0);
        WriteObject(happened);
        WritePlace(happened);
        JsonText.Member(Buffer, ",\"call_depth\":"u8, happened.Depth);
        JsonText.Member(Buffer, ",\"run_ns\":"u8, happened.Nanoseconds);
        EventMembers.WriteFlow(Buffer, happened.Recorded);
        Buffer.Append(",\"events\":["u8);
        _first = true;
    }

    protected override void End(in NamedEvent happened)
    {
        Close(happened.Ended);
        if (happened.WasOpen)
        {
            _files.Pop();
            Buffer.Append((byte)']');
            WriteResult(happened);
            Buffer.Append((byte)'}');
            _first = false;
            return;
        }

        // Its run was not recorded: tracing began in between.
        BeginEntry(happened.Kind);
        JsonText.Member(Buffer, ",\"qualified_name\":"u8, happened.Name);
        WriteResult(happened);
        EndEntry(happened);
    }

    private void WriteResult(in NamedEvent happened)
    {
        Buffer.Append((byte)',');
        EventMembers.WriteResult(Buffer, happened);
        JsonText.Member(Buffer, ",\"end_ns\":"u8, happened.Nanoseconds);
    }

    protected override void Change(in NamedEvent happened)
    {
        BeginEntry(happened.Kind);
        JsonText.Member(Buffer, ",\"name\":"u8, happened.Name);
        JsonText.Member(Buffer, ",\"line\":"u8, happened.Line);
        WriteValues(happened);
        // What an accessor or a helper stores may stand in another file than the call around it.
        if (happened.Method?.File is { } file && (_files.Count == 0 || !file.AsSpan().SequenceEqual(_files.Peek())))
            JsonText.Member(Buffer, ",\"file\":"u8, file);
        EndEntry(happened);
    }

    protected override void Lost(in NamedEvent happened)
    {
        BeginEntry(TraceEventKind.EventsLost);
        JsonText.Member(Buffer, ",\"count\":"u8, (long)happened.Recorded.Count);
        EndEntry(happened);
    }

    protected override void Line(in NamedEvent happened)
    {
        BeginEntry(happened.Kind);
        JsonText.Member(Buffer, ",\"qualified_name\":"u8, happened.Name);
        JsonText.Member(Buffer, ",\"line\":"u8, happened.Line);
        EndEntry(happened);
    }

    protected override void Output(in NamedEvent happened)
    {
        BeginEntry(happened.Kind);
        JsonText.Member(Buffer, ",\"channel\":"u8, happened.Name);
        JsonText.Member(Buffer, ",\"text\":"u8, happened.Message);
        JsonText.Member(Buffer, ",\"ns\":"u8, happened.Nanoseconds);
        EndEntry(happened);
    }

    protected override void Test(in NamedEvent happened)
    {
        BeginEntry(happened.Kind);
        JsonText.Member(Buffer, ",\"test\":"u8, happened.Name);
        if (happened.Kind == TraceEventKind.TestEnded)
        {
            JsonText.Member(Buffer, ",\"outcome\":"u8, EventKinds.Outcome(happened.Recorded.Detail));
            JsonText.Member(Buffer, ",\"message\":"u8, happened.Message);
        }

        JsonText.Member(Buffer, ",\"ns\":"u8, happened.Nanoseconds);
        EndEntry(happened);
    }

    /// <summary>What a change was from and to: lengths where a collection grew or shrank, and its elements where they are known.</summary>
    private void WriteValues(in NamedEvent happened)
    {
        RecordedEvent recorded = happened.Recorded;
        if (!happened.CollectionType.IsEmpty)
        {
            WriteLength(",\"old\":{\"type\":"u8, happened.CollectionType, recorded.OldLength);
            WriteLength(",\"new\":{\"type\":"u8, happened.CollectionType, recorded.NewLength);
        }

        EventMembers.WriteElements(Buffer, happened);
    }

    private void WriteLength(ReadOnlySpan<byte> start, ReadOnlySpan<byte> type, uint length)
    {
        JsonText.Member(Buffer, start, type);
        JsonText.Member(Buffer, ",\"len\":"u8, length);
        Buffer.Append((byte)'}');
    }

    private void WriteProcesses(RunDescription[] runs)
    {
        Buffer.Append(",\"processes\":["u8);
        for (int i = 0; i < runs.Length; i++)
        {
            JsonText.Member(Buffer, i == 0 ? "\n{\"program\":"u8 : ",\n{\"program\":"u8, runs[i].Process);
            JsonText.Member(Buffer, ",\"process_id\":"u8, runs[i].ProcessId);
            WriteRank(runs[i].Rank);
            JsonText.Member(Buffer, ",\"start_time\":"u8, runs[i].OwnStartTime);
            JsonText.Member(Buffer, ",\"system_info\":"u8, runs[i].System);
            JsonText.Member(Buffer, ",\"runtime\":"u8, runs[i].Runtime);
            Buffer.Append((byte)'}');
        }

        Buffer.Append((byte)']');
    }

    private void WriteObject(in NamedEvent happened)
    {
        if (happened.Object != 0)
            JsonText.Member(Buffer, ",\"object\":"u8, happened.Object);
    }

    private void WritePlace(in NamedEvent happened)
    {
        JsonText.Member(Buffer, ",\"thread\":"u8, happened.Thread);
        WriteRank(happened.Rank);
    }

    private void WriteRank(int rank)
    {
        if (rank >= 0)
            JsonText.Member(Buffer, ",\"rank\":"u8, rank);
    }

    private void WriteList(byte[][] entries)
    {
        for (int i = 0; i < entries.Length; i++)
            JsonText.Member(Buffer, i == 0 ? "["u8 : ","u8, entries[i]);
        Buffer.Append(entries.Length == 0 ? "[]"u8 : "]"u8);
    }

    private void BeginEntry(TraceEventKind kind) => BeginEntry(kind.Label());

    private void BeginEntry(ReadOnlySpan<byte> type)
    {
        Buffer.Append(_first ? "\n{\"id\":"u8 : ",\n{\"id\":"u8);
        Buffer.Append(++_lastId);
        JsonText.Member(Buffer, ",\"type\":"u8, type);
        _first = false;
    }

    private void EndEntry(in NamedEvent happened)
    {
        JsonText.Member(Buffer, ",\"call_depth\":"u8, happened.Depth);
        WriteObject(happened);
        WritePlace(happened);
        Buffer.Append((byte)'}');
    }

    /// <summary>Ends calls that have no end in the trace.</summary>
    private void Close(int calls)
    {
        for (; calls > 0; calls--)
        {
            _files.Pop();
            Buffer.Append("]}"u8);
            _first = false;
        }
    }
}
