using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>Makes one document of the records it is given.</summary>
internal interface IRenderer : IRecordVisitor
{
    /// <summary>How many events have been rendered.</summary>
    long Events { get; }

    /// <summary>How many events the recorder could not record, as it says itself.</summary>
    ulong EventsLost { get; }

    /// <summary>Hands what is complete to the output.</summary>
    void Flush();

    /// <summary>Ends the document, which is whole also where there was no record, and hands it to the output.</summary>
    void Finish();
}
