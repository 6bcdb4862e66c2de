using System.ComponentModel;

namespace ObjWatch.Trace.Reading;

/// <summary>Takes the events of a trace, whatever they are, one after the other.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventSink
{
    /// <summary>Takes one event.</summary>
    void Visit(RecordedEvent happened);
}
