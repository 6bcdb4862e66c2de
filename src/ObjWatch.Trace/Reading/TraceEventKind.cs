namespace ObjWatch.Trace;

/// <summary>What happened. Every event is one of these; a later version may add to them only together with a new format version. The
/// numbers are the event ids of log entries.</summary>
public enum TraceEventKind
{
    /// <summary>A method was entered: <c>run</c> in a text.</summary>
    MethodEntered = 1,

    /// <summary>A method returned, or an exception left it: <c>end</c>.</summary>
    MethodLeft = 2,

    /// <summary>An async method was suspended, or an iterator gave away a value: <c>awt</c>.</summary>
    MethodSuspended = 9,

    /// <summary>An async method or an iterator goes on, perhaps on another thread: <c>rsm</c>.</summary>
    MethodResumed = 10,

    /// <summary>A field, a property or a local variable was stored with another value: <c>upd</c>.</summary>
    MemberChanged = 3,

    /// <summary>A collection grew; by what is not known: <c>apd</c>.</summary>
    CollectionGrew = 4,

    /// <summary>A collection shrank; by what is not known: <c>pop</c>.</summary>
    CollectionShrank = 5,

    /// <summary>An element of a collection was stored with another value: <c>upd</c>.</summary>
    ElementChanged = 11,

    /// <summary>An element came to a collection: <c>apd</c>.</summary>
    ElementAdded = 12,

    /// <summary>An element left a collection: <c>pop</c>.</summary>
    ElementRemoved = 13,

    /// <summary>A call changed a collection as a whole: <c>upd</c>.</summary>
    CollectionChanged = 14,

    /// <summary>What is in a collection became known. It did not change: <c>has</c>.</summary>
    ContentsKnown = 15,

    /// <summary>A line of the source was reached: <c>lin</c>.</summary>
    LineReached = 16,

    /// <summary>The program wrote something to its console or its log: <c>out</c>.</summary>
    OutputWritten = 17,

    /// <summary>A test began: <c>tst</c>.</summary>
    TestBegun = 18,

    /// <summary>A test ended: <c>tst</c>.</summary>
    TestEnded = 19,

    /// <summary>Events could not be recorded. It is no event of the program, but what there is in place of some.</summary>
    EventsLost = 6,
}
