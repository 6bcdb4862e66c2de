using System.Collections.Generic;
using ObjWatch.Trace.Reading;

namespace ObjWatch.Trace.Rendering;

/// <summary>The records of all threads of one trace or several in order of time.</summary>
internal sealed class ByTime : IRecordSource
{
    private readonly EventMerger _merger;

    public ByTime(IReadOnlyList<TraceReader> readers) => _merger = new EventMerger(readers);

    public void Read(IEventSink visitor, ulong watermark, bool last) => _merger.Merge(visitor, watermark);
}
