using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using ObjWatch.Rendering;
using ObjWatch.Trace;

namespace ObjWatch.Cli;

/// <summary>Renders the events of several processes as one text.</summary>
internal sealed class MergedText : IRecordVisitor
{
    private readonly TextRenderer[] _renderers;
    private TextRenderer? _last;

    /// <param name="readers">The traces, in the order of their indices.</param>
    /// <param name="output">Takes many small pieces.</param>
    public MergedText(IEnumerable<TraceReader> readers, Stream output) =>
        _renderers = readers.Select(reader => new TextRenderer(reader, output)).ToArray();

    /// <summary>Events that were not recorded, by the trace's index.</summary>
    public ulong EventsLost(int index) => _renderers[index].EventsLost;

    public void Visit(TraceStream stream, ReadOnlySpan<byte> record)
    {
        TextRenderer renderer = _renderers[stream.Reader.Index];
        if (renderer != _last)
        {
            // Each keeps its lines back until it has many.
            _last?.Flush();
            _last = renderer;
        }

        renderer.Visit(stream, record);
    }

    /// <summary>Hands all lines to the output.</summary>
    public void Flush() => _last?.Flush();
}
