using System;
using System.Collections.Generic;
using System.IO;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>What the documents of one trace or several have in common, whatever their format.</summary>
internal abstract class DocumentWriter : IEventWriter
{
    private readonly IReadOnlyList<TraceReader> _traces;
    private RunDescription[] _runs = [];
    private TraceStream? _stream;
    private uint _thread;

    /// <param name="traces">The traces, in the order of their ranks.</param>
    /// <param name="output">Where the document goes.</param>
    protected DocumentWriter(IReadOnlyList<TraceReader> traces, Stream output)
    {
        _traces = traces;
        Buffer = new Utf8Buffer(output);
    }

    /// <summary>What has been written and not been handed to the output.</summary>
    protected Utf8Buffer Buffer { get; }

    public virtual void Begin(TraceReader trace, Names names, TextStyle style)
    {
        if (_runs.Length > 0)
            return;
        // Several traces are complete, so what they say of their runs is known of all of them.
        _runs = new RunDescription[_traces.Count];
        for (int i = 0; i < _runs.Length; i++)
            _runs[i] = new RunDescription(_traces[i]);
        WriteHead(_runs);
    }

    public void WriteRun(in NamedEvent happened)
    {
        TurnTo(happened);
        Begin(happened);
        Buffer.FlushIfFull();
    }

    public void WriteEnd(in NamedEvent happened)
    {
        TurnTo(happened);
        End(happened);
        Buffer.FlushIfFull();
    }

    public void WriteChange(in NamedEvent happened)
    {
        TurnTo(happened);
        Change(happened);
        Buffer.FlushIfFull();
    }

    public void WriteLine(in NamedEvent happened)
    {
        TurnTo(happened);
        Line(happened);
        Buffer.FlushIfFull();
    }

    public void WriteOutput(in NamedEvent happened)
    {
        TurnTo(happened);
        Output(happened);
        Buffer.FlushIfFull();
    }

    public void WriteTest(in NamedEvent happened)
    {
        TurnTo(happened);
        Test(happened);
        Buffer.FlushIfFull();
    }

    public void WriteLost(in NamedEvent happened)
    {
        TurnTo(happened);
        Lost(happened);
        Buffer.FlushIfFull();
    }

    public abstract void WriteLeftOut(TraceReader trace, ReadOnlySpan<byte> name, int line, ulong count);

    public void Flush() => Buffer.Flush();

    public void End()
    {
        WriteFoot();
        Flush();
    }

    /// <summary>What a trace said of its run when the document began.</summary>
    protected RunDescription RunOf(TraceReader trace) => _runs[trace.Index];

    /// <summary>Writes what stands in front of the events.</summary>
    /// <param name="runs">What each trace says of its run.</param>
    protected abstract void WriteHead(RunDescription[] runs);

    /// <summary>The events that come are those of another thread, or of another trace.</summary>
    protected abstract void Turn(TraceStream stream);

    /// <summary>Writes that an invocation began or goes on.</summary>
    protected abstract void Begin(in NamedEvent happened);

    /// <summary>Writes that an invocation ended or is suspended.</summary>
    protected abstract void End(in NamedEvent happened);

    /// <summary>Writes that something changed, or became known.</summary>
    protected abstract void Change(in NamedEvent happened);

    /// <summary>Writes that a line was passed.</summary>
    protected abstract void Line(in NamedEvent happened);

    /// <summary>Writes that the program said something.</summary>
    protected abstract void Output(in NamedEvent happened);

    /// <summary>Writes that a test began, or ended.</summary>
    protected abstract void Test(in NamedEvent happened);

    /// <summary>Writes that events could not be recorded.</summary>
    protected abstract void Lost(in NamedEvent happened);

    /// <summary>Writes what stands behind everything else.</summary>
    protected abstract void WriteFoot();

    private void TurnTo(in NamedEvent happened)
    {
        if (happened.Stream == _stream && happened.Thread == _thread)
            return;
        Turn(happened.Stream);
        _stream = happened.Stream;
        _thread = happened.Thread;
    }
}
