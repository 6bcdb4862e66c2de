using System.ComponentModel;

namespace ObjWatch.Trace.Reading;

/// <summary>What happened. The numbers stay: they are the event ids of log entries.</summary>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum EventKind
{
    /// <summary>A method was entered.</summary>
    Run = 1,

    /// <summary>It returned, or an exception left it.</summary>
    End = 2,

    /// <summary>A member was stored with another value.</summary>
    Update = 3,

    /// <summary>A collection grew.</summary>
    Append = 4,

    /// <summary>A collection shrank.</summary>
    Pop = 5,

    /// <summary>Events could not be recorded.</summary>
    Lost = 6,

    /// <summary>An async method was suspended, or an iterator gave away a value.</summary>
    Await = 9,

    /// <summary>It goes on, on whatever thread.</summary>
    Resume = 10,

    /// <summary>An element of a collection was stored with another value.</summary>
    ElementStored = 11,

    /// <summary>An element came to a collection.</summary>
    ElementAdded = 12,

    /// <summary>An element left a collection.</summary>
    ElementRemoved = 13,

    /// <summary>A call changed a collection as a whole.</summary>
    CollectionChanged = 14,

    /// <summary>What is in a collection became known.</summary>
    Contents = 15,

    /// <summary>A sequence point was passed.</summary>
    Line = 16,

    /// <summary>The program said something.</summary>
    Output = 17,

    /// <summary>A test began.</summary>
    TestBegun = 18,

    /// <summary>A test ended.</summary>
    TestEnded = 19,
}
