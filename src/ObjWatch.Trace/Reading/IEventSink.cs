namespace ObjWatch.Trace.Reading;

/// <summary>Takes the events of a trace, whatever they are, one after the other.</summary>
internal interface IEventSink
{
    /// <summary>Takes one event.</summary>
    void Visit(RecordedEvent happened);
}
