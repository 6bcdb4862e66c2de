using System.ComponentModel;

namespace ObjWatch.Trace.Reading;

/// <summary>Takes the events of a trace, one after the other: a method for each kind, so that who reads traces cannot forget one.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public interface IEventVisitor
{
    /// <summary>A method was entered.</summary>
    void Run(RecordedEvent happened);

    /// <summary>A method returned, or an exception left it.</summary>
    void End(RecordedEvent happened);

    /// <summary>An async method was suspended, or an iterator gave away a value.</summary>
    void Await(RecordedEvent happened);

    /// <summary>An async method or an iterator goes on.</summary>
    void Resume(RecordedEvent happened);

    /// <summary>A member was stored with another value.</summary>
    void Update(RecordedEvent happened);

    /// <summary>A collection grew or shrank; what came or left is not known.</summary>
    void Length(RecordedEvent happened);

    /// <summary>An element of a collection was stored with another value.</summary>
    void ElementStored(RecordedEvent happened);

    /// <summary>An element came to a collection, or left it.</summary>
    void ElementMoved(RecordedEvent happened);

    /// <summary>A call changed a collection as a whole.</summary>
    void CollectionChanged(RecordedEvent happened);

    /// <summary>What is in a collection became known.</summary>
    void Contents(RecordedEvent happened);

    /// <summary>A sequence point was passed.</summary>
    void Line(RecordedEvent happened);

    /// <summary>The program said something.</summary>
    void Output(RecordedEvent happened);

    /// <summary>A test began, or ended.</summary>
    void Test(RecordedEvent happened);

    /// <summary>Events could not be recorded.</summary>
    void Lost(RecordedEvent happened);
}
