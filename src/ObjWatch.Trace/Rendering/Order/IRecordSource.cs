using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>Hands out the records of a trace in one order or another.</summary>
internal interface IRecordSource
{
    /// <summary>Hands out what there is and was not handed out before.</summary>
    /// <param name="visitor">Takes the records.</param>
    /// <param name="watermark">No record later than this is handed out.</param>
    /// <param name="last">Whether nothing more is to come. Until then an order may have to hold records back.</param>
    void Read(IEventSink visitor, ulong watermark, bool last);
}
