using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>Makes a document of the records of a trace, or its part of the document of several.</summary>
internal interface IRenderer : IEventSink
{
    /// <summary>How many events have been rendered.</summary>
    long Events { get; }

    /// <summary>How many events the recorder could not record, as it says itself.</summary>
    ulong EventsLost { get; }

    /// <summary>Hands what is complete to the output.</summary>
    void Flush();

    /// <summary>Writes what stands behind the events. When all traces have been read, those of a document do so in turn.</summary>
    void FinishTrace();

    /// <summary>Ends the document, which is whole also where there was no record, and hands it to the output. One renderer of a document
    /// does so.</summary>
    void FinishDocument();
}
