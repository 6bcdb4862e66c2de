using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Trace.Format;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>
/// Writes the schema of objwatch 0.3.5: <c>ObjWatch</c>, in which each call is a <c>Function</c> element that holds the events inside it,
/// and what is known of an event stands in attributes. docs/formats.md lists them.
/// </summary>
/// <remarks>Takes the events of one thread after the other, and of one trace after the other, once all have been recorded.</remarks>
internal sealed class XmlWriter : DocumentWriter, IDisposable
{
    private readonly Utf8Buffer _scratch = new(Stream.Null, capacity: 1024);
    private MessageRenderer? _messages;
    private CallEnds? _ends;
    private TraceStream? _stream;
    private long _runs;
    private int _open;

    public XmlWriter(IReadOnlyList<TraceReader> traces, Stream output)
        : base(traces, output)
    {
    }

    public override void Begin(TraceReader trace, Names names, TextStyle style)
    {
        base.Begin(trace, names, style);
        _messages = new MessageRenderer(_scratch, names) { ShowsObjectNumbers = style.ObjectIds };
        _ends?.Dispose();
        _ends = new CallEnds(trace);
    }

    public void Dispose() => _ends?.Dispose();

    public override void WriteLeftOut(TraceReader trace, ReadOnlySpan<byte> name, int line, ulong count)
    {
        Close(_open);
        XmlText.Attribute(Buffer, "<left_out name=\""u8, name);
        XmlText.Attribute(Buffer, " line=\""u8, line);
        XmlText.Attribute(Buffer, " count=\""u8, (long)count);
        WriteRank(RunOf(trace).Rank);
        Buffer.Append("/>\n"u8);
    }

    protected override void WriteHead(RunDescription[] runs)
    {
        RunDescription run = runs[0];
        XmlText.Attribute(Buffer, "<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<ObjWatch version=\""u8, run.Version);
        XmlText.Attribute(Buffer, " start_time=\""u8, run.StartTime);
        XmlText.Attribute(Buffer, " system_info=\""u8, run.System);
        XmlText.Attribute(Buffer, " runtime=\""u8, run.Runtime);
        XmlText.Attribute(Buffer, " program=\""u8, run.Process);
        if (runs.Length == 1)
            WriteRank(run.Rank);
        Buffer.Append(">\n"u8);
        for (int i = 0; i < runs.Length && runs.Length > 1; i++)
        {
            XmlText.Attribute(Buffer, "<process program=\""u8, runs[i].Process);
            XmlText.Attribute(Buffer, " process_id=\""u8, runs[i].ProcessId);
            WriteRank(runs[i].Rank);
            XmlText.Attribute(Buffer, " start_time=\""u8, runs[i].OwnStartTime);
            XmlText.Attribute(Buffer, " system_info=\""u8, runs[i].System);
            XmlText.Attribute(Buffer, " runtime=\""u8, runs[i].Runtime);
            Buffer.Append("/>\n"u8);
        }
    }

    protected override void Turn(TraceStream stream)
    {
        Close(_open);
        if (stream != _stream)
            _runs = 0;
        _stream = stream;
    }

    protected override void WriteFoot()
    {
        Close(_open);
        Buffer.Append("</ObjWatch>\n"u8);
    }

    protected override void Begin(in NamedEvent happened)
    {
        Close(happened.Ended);
        _open++;
        XmlText.Attribute(Buffer, "<Function name=\""u8, happened.Name);
        XmlText.Attribute(Buffer, " run_line=\""u8, happened.Line);
        if (happened.Kind == TraceEventKind.MethodResumed)
            Buffer.Append(" resumed=\"true\""u8);
        else
            XmlText.Attribute(Buffer, " call_msg=\""u8, happened.Message);
        WriteResult(happened, _ends!.Find(happened.Stream, _runs++));
        MethodText? method = happened.Method;
        if (method?.File is { } file)
            XmlText.Attribute(Buffer, " file=\""u8, file);
        XmlText.Attribute(Buffer, " method_line=\""u8, method?.Line ?? 0);
        XmlText.Attribute(Buffer, " run_ns=\""u8, happened.Nanoseconds);
        if (happened.Recorded.ActivityTrace != Guid.Empty)
            XmlText.Attribute(Buffer, " activity=\""u8, ActivityText.Of(happened.Recorded));
        if (happened.Recorded.AsyncFlow != 0)
            XmlText.Attribute(Buffer, " flow=\""u8, (long)happened.Recorded.AsyncFlow);
        WritePlace(happened);
        Buffer.Append(">\n"u8);
    }

    private void WriteResult(in NamedEvent happened, RecordedEvent? end)
    {
        if (end is null)
            return;
        int methodLine = happened.Method?.Line ?? 0;
        // An invocation that goes on shows no caller: its end has the line that its method begins with.
        int line = happened.Kind == TraceEventKind.MethodEntered ? happened.Line : methodLine;
        var values = new RecordCursor(end.Values);
        _scratch.Clear();
        _messages!.LastOwner = end.LastOwner;
        if (end.Kind != TraceEventKind.MethodSuspended)
        {
            _messages.WriteResult(ref values, end.Failed);
        }
        else
        {
            line = end.Line != 0 ? end.Line : methodLine;
            if ((ValueTag)values.Next != ValueTag.Void)
                _messages.WriteValue(ref values);
        }

        WriteResult(_scratch.Written, line, end.Kind == TraceEventKind.MethodSuspended, end.Failed,
            happened.Stream.Reader.Clock.Nanoseconds(end.Ticks));
    }

    private void WriteResult(ReadOnlySpan<byte> message, int line, bool suspended, bool failed, long nanoseconds)
    {
        if (!suspended)
            XmlText.Attribute(Buffer, " return_msg=\""u8, message);
        else
            Buffer.Append(" suspended=\"true\""u8);
        if (suspended && !message.IsEmpty)
            XmlText.Attribute(Buffer, " yielded=\""u8, message);
        XmlText.Attribute(Buffer, " end_line=\""u8, line);
        if (failed)
            Buffer.Append(" failed=\"true\""u8);
        XmlText.Attribute(Buffer, " end_ns=\""u8, nanoseconds);
    }

    protected override void End(in NamedEvent happened)
    {
        Close(happened.Ended);
        if (happened.WasOpen)
        {
            Close(1);
            return;
        }

        // Its run was not recorded: tracing began in between.
        bool suspended = happened.Kind == TraceEventKind.MethodSuspended;
        XmlText.Attribute(Buffer, suspended ? "<awt name=\""u8 : "<end name=\""u8, happened.Name);
        WriteResult(happened.Message, happened.Line, suspended, happened.Failed, happened.Nanoseconds);
        EndElement(happened);
    }

    protected override void Change(in NamedEvent happened)
    {
        Buffer.Append((byte)'<');
        Buffer.Append(happened.Kind.Label());
        XmlText.Attribute(Buffer, " name=\""u8, happened.Name);
        XmlText.Attribute(Buffer, " line=\""u8, happened.Line);
        RecordedEvent recorded = happened.Recorded;
        bool hasLengths = !happened.CollectionType.IsEmpty;
        if (hasLengths)
        {
            XmlText.Attribute(Buffer, " old=\""u8, Length(happened.CollectionType, recorded.OldLength));
            XmlText.Attribute(Buffer, " new=\""u8, Length(happened.CollectionType, recorded.NewLength));
        }

        if (!happened.Element.IsEmpty)
            XmlText.Attribute(Buffer, " element=\""u8, happened.Element);
        if (happened.HasOld)
            XmlText.Attribute(Buffer, hasLengths ? " element_old=\""u8 : " old=\""u8, happened.Old);
        if (happened.HasNew)
            XmlText.Attribute(Buffer, hasLengths ? " element_new=\""u8 : " new=\""u8, happened.New);
        if (happened.Kind == TraceEventKind.CollectionChanged)
            XmlText.Attribute(Buffer, " changed=\""u8, (long)recorded.Count);
        if (!happened.Contents.IsEmpty)
        {
            XmlText.Attribute(Buffer, " contents=\""u8, happened.Contents);
            XmlText.Attribute(Buffer, " first=\""u8, recorded.First);
            XmlText.Attribute(Buffer, " len=\""u8, (long)recorded.Count);
        }

        if (happened.Collection != 0)
            XmlText.Attribute(Buffer, " collection=\""u8, happened.Collection);
        if (recorded.IsSeenLater)
            Buffer.Append(" seen_later=\"true\""u8);
        if (happened.Method?.File is { } file)
            XmlText.Attribute(Buffer, " file=\""u8, file);
        EndElement(happened);
    }

    protected override void Line(in NamedEvent happened)
    {
        XmlText.Attribute(Buffer, "<lin name=\""u8, happened.Name);
        XmlText.Attribute(Buffer, " line=\""u8, happened.Line);
        EndElement(happened);
    }

    protected override void Output(in NamedEvent happened)
    {
        XmlText.Attribute(Buffer, "<out channel=\""u8, happened.Name);
        XmlText.Attribute(Buffer, " text=\""u8, happened.Message);
        XmlText.Attribute(Buffer, " ns=\""u8, happened.Nanoseconds);
        EndElement(happened);
    }

    protected override void Test(in NamedEvent happened)
    {
        XmlText.Attribute(Buffer, "<tst test=\""u8, happened.Name);
        if (happened.Kind == TraceEventKind.TestEnded)
        {
            XmlText.Attribute(Buffer, " outcome=\""u8, EventKinds.Outcome(happened.Recorded.Detail));
            XmlText.Attribute(Buffer, " message=\""u8, happened.Message);
        }

        XmlText.Attribute(Buffer, " ns=\""u8, happened.Nanoseconds);
        EndElement(happened);
    }

    protected override void Lost(in NamedEvent happened)
    {
        XmlText.Attribute(Buffer, "<lost count=\""u8, (long)happened.Recorded.Count);
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

    private void WritePlace(in NamedEvent happened)
    {
        if (happened.Object != 0)
            XmlText.Attribute(Buffer, " object=\""u8, happened.Object);
        XmlText.Attribute(Buffer, " thread=\""u8, happened.Thread);
        WriteRank(happened.Rank);
        XmlText.Attribute(Buffer, " call_depth=\""u8, happened.Depth);
    }

    private void EndElement(in NamedEvent happened)
    {
        WritePlace(happened);
        Buffer.Append("/>\n"u8);
    }

    private void WriteRank(int rank)
    {
        if (rank >= 0)
            XmlText.Attribute(Buffer, " rank=\""u8, rank);
    }

    private void Close(int calls)
    {
        for (; calls > 0; calls--)
        {
            _open--;
            Buffer.Append("</Function>\n"u8);
        }
    }
}
