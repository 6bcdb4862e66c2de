using ObjWatch.Trace;

namespace ObjWatch.Rendering;

/// <summary>The records of all threads in order of time.</summary>
internal sealed class ByTime : IRecordSource
{
    private readonly EventMerger _merger;

    public ByTime(TraceReader reader) => _merger = new EventMerger(reader);

    public void Read(IRecordVisitor visitor, ulong watermark, bool last) => _merger.Merge(visitor, watermark);
}
