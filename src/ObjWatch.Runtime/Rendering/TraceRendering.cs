using System;
using System.IO;
using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>A document that is made of a trace: the same whether the trace is complete or still grows.</summary>
internal sealed class TraceRendering : IDisposable
{
    private readonly IRecordSource _source;
    private readonly IRenderer _renderer;
    private readonly IDisposable[] _owned;

    /// <summary>Connects an order of records with what renders them.</summary>
    /// <param name="source">The order.</param>
    /// <param name="renderer">The renderer.</param>
    /// <param name="owned">What to dispose of with it.</param>
    public TraceRendering(IRecordSource source, IRenderer renderer, params IDisposable[] owned)
    {
        _source = source;
        _renderer = renderer;
        _owned = owned;
    }

    /// <summary>How many events have been rendered.</summary>
    public long Events => _renderer.Events;

    /// <summary>How many events the recorder could not record, as it says itself.</summary>
    public ulong EventsLost => _renderer.EventsLost;

    /// <summary>Begins a document.</summary>
    /// <param name="reader">The trace.</param>
    /// <param name="output">Where the document goes; closed with the rendering.</param>
    /// <param name="format">Its form.</param>
    /// <param name="options">What it shows.</param>
    public static TraceRendering Create(TraceReader reader, Stream output, RenderFormat format, RenderOptions options)
    {
        var names = new Names(reader.Definitions);
        switch (format)
        {
            case RenderFormat.Json:
                var json = new JsonWriter(reader, output);
                return new TraceRendering(new ByThread(reader, early: true), new EventDecoder(reader, names, json), output);
            case RenderFormat.Xml:
                var xml = new XmlWriter(reader, names, output);
                return new TraceRendering(new ByThread(reader, early: false), new EventDecoder(reader, names, xml), xml, output);
            case RenderFormat.Chrome:
                var chrome = new ChromeWriter(reader, output);
                return new TraceRendering(new ByTime(reader), new EventDecoder(reader, names, chrome), output);
            default:
                IRecordSource order = options.ByThread ? new ByThread(reader, early: true) : new ByTime(reader);
                return new TraceRendering(order, new TextRenderer(reader, output, options.Header), output);
        }
    }

    /// <summary>Renders what there is up to a point in time, as far as the form allows it before the end is known.</summary>
    public void Render(ulong watermark)
    {
        _source.Read(_renderer, watermark, last: false);
        _renderer.Flush();
    }

    /// <summary>Renders the rest up to a point in time, and ends the document.</summary>
    public void Complete(ulong watermark = ulong.MaxValue)
    {
        _source.Read(_renderer, watermark, last: true);
        _renderer.Finish();
    }

    public void Dispose()
    {
        foreach (IDisposable owned in _owned)
            owned.Dispose();
    }
}
