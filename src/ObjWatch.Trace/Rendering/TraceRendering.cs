using System;
using System.Collections.Generic;
using System.ComponentModel;
using System.IO;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>A document that is made of a trace, whether it is complete or still grows, or of the complete traces of several
/// processes.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public sealed class TraceRendering : IEventSink, IDisposable
{
    private readonly IRecordSource _source;
    private readonly IRenderer[] _renderers;
    private readonly IEventSink _visitor;
    private readonly IDisposable[] _owned;

    /// <summary>Connects an order of records with what renders them.</summary>
    /// <param name="source">The order.</param>
    /// <param name="renderers">One for each trace; all write into the same document.</param>
    /// <param name="owned">What to dispose of with it.</param>
    internal TraceRendering(IRecordSource source, IRenderer[] renderers, params IDisposable[] owned)
    {
        _source = source;
        _renderers = renderers;
        _visitor = renderers.Length == 1 ? renderers[0] : this;
        _owned = owned;
    }

    /// <summary>How many events have been rendered.</summary>
    public long Events
    {
        get
        {
            long events = 0;
            foreach (IRenderer renderer in _renderers)
                events += renderer.Events;
            return events;
        }
    }

    /// <summary>Begins a document.</summary>
    /// <param name="reader">The trace.</param>
    /// <param name="output">Where the document goes; closed with the rendering.</param>
    /// <param name="format">Its form.</param>
    /// <param name="options">What it shows.</param>
    public static TraceRendering Create(TraceReader reader, Stream output, RenderFormat format, RenderOptions options) =>
        Create([reader], output, format, options);

    /// <summary>Begins a document of one trace, or of several that are complete and have one clock.</summary>
    /// <param name="readers">The traces, in the order of their ranks.</param>
    /// <param name="output">Where the document goes; closed with the rendering.</param>
    /// <param name="format">Its form.</param>
    /// <param name="options">What it shows; the text of several traces has no header.</param>
    public static TraceRendering Create(IReadOnlyList<TraceReader> readers, Stream output, RenderFormat format, RenderOptions options)
    {
        switch (format)
        {
            case RenderFormat.Json:
                var json = new JsonWriter(readers, output);
                return new TraceRendering(new ByThread(readers, early: true), ForEach(readers, reader => new EventNaming(reader, json)),
                    output);
            case RenderFormat.Xml:
                var xml = new XmlWriter(readers, output);
                return new TraceRendering(new ByThread(readers, early: false), ForEach(readers, reader => new EventNaming(reader, xml)),
                    xml, output);
            case RenderFormat.Chrome:
                var chrome = new ChromeWriter(readers, output);
                return new TraceRendering(new ByTime(readers), ForEach(readers, reader => new EventNaming(reader, chrome)), output);
            default:
                var text = new Utf8Buffer(output);
                bool header = options.Header && readers.Count == 1;
                IRecordSource order = options.ByThread ? new ByThread(readers, early: true) : new ByTime(readers);
                return new TraceRendering(order, ForEach(readers, reader => new TextRenderer(reader, text, header)), output);
        }
    }

    /// <summary>Begins to hand the events of a trace to somebody else's writer, in order of time.</summary>
    /// <param name="reader">The trace.</param>
    /// <param name="writer">Takes the events.</param>
    public static TraceRendering Create(TraceReader reader, IEventWriter writer) =>
        new(new ByTime([reader]), [new EventNaming(reader, writer)]);

    /// <summary>How many events the recorder of a trace could not record, as it says itself.</summary>
    public ulong EventsLost(TraceReader reader) => _renderers[reader.Index].EventsLost;

    /// <summary>Renders what there is up to a point in time, as far as the form allows it before the end is known.</summary>
    public void Render(ulong watermark)
    {
        _source.Read(_visitor, watermark, last: false);
        _renderers[0].Flush();
    }

    /// <summary>Renders the rest up to a point in time, and ends the document.</summary>
    public void Complete(ulong watermark = ulong.MaxValue)
    {
        _source.Read(_visitor, watermark, last: true);
        foreach (IRenderer renderer in _renderers)
            renderer.FinishTrace();
        _renderers[0].FinishDocument();
    }

    /// <inheritdoc />
    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
            owned.Dispose();
    }

    void IEventSink.Visit(RecordedEvent happened) => _renderers[happened.Stream.Reader.Index].Visit(happened);

    private static IRenderer[] ForEach(IReadOnlyList<TraceReader> readers, Func<TraceReader, IRenderer> create)
    {
        var renderers = new IRenderer[readers.Count];
        for (int i = 0; i < renderers.Length; i++)
            renderers[i] = create(readers[i]);
        return renderers;
    }
}
