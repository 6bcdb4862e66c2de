using System.ComponentModel;

namespace ObjWatch.Trace.Format;

/// <summary>What a record says. The number is the lowest of the codes that mean it, the low eight bits of a record's head;
/// <see cref="RecordSchema"/> has the fields.</summary>
/// <remarks>1 to 15: records without a site. 16 to 31: definitions. 32 to 63: changes. 64 to 111: calls, of which the lowest bits say what
/// stands in front. 112: a line. 128 to 255: stores, of which the other bits say type and owner. A reader knows from the code how long a
/// record of a later version is, and passes over it.</remarks>
[EditorBrowsable(EditorBrowsableState.Never)]
public enum RecordKind : byte
{
    /// <summary>No record: nothing has been written yet.</summary>
    None = 0,

    /// <summary>The rest of this chunk is unused; the stream goes on in its next chunk.</summary>
    EndOfChunk = 1,

    /// <summary>Events that could not be recorded.</summary>
    EventsLost = 2,

    /// <summary>From here on the stream holds the events of another thread.</summary>
    OtherThread = 3,

    /// <summary>From here on, to the end of the chunk, events are those of a process with this rank.</summary>
    Rank = 4,

    /// <summary>What is left out of the records behind it, in full, and a check of the records before it.</summary>
    Safepoint = 5,

    /// <summary>The program said something: on its standard output, to a log.</summary>
    Output = 8,

    /// <summary>A test begins.</summary>
    TestBegun = 9,

    /// <summary>A test has ended.</summary>
    TestEnded = 10,

    /// <summary>Part of an assembly's table of sites.</summary>
    AssemblyPart = 16,

    /// <summary>A type.</summary>
    Type = 17,

    /// <summary>A recorded thread.</summary>
    Thread = 18,

    /// <summary>A fact about the run.</summary>
    Fact = 19,

    /// <summary>A text that values refer to by number.</summary>
    Text = 20,

    /// <summary>Events at a site that a limit left out.</summary>
    LeftOut = 21,

    /// <summary>How far the last chunk of a stream was written when the trace was closed.</summary>
    Written = 22,

    /// <summary>The checksum of a source file.</summary>
    SourceChecksum = 23,

    /// <summary>A member was stored with another value.</summary>
    Update = 32,

    /// <summary>A collection grew or shrank.</summary>
    Length = 33,

    /// <summary>An element of a collection was stored with another value.</summary>
    ElementStored = 34,

    /// <summary>An element came to a collection.</summary>
    ElementAdded = 35,

    /// <summary>An element left a collection.</summary>
    ElementRemoved = 36,

    /// <summary>A call changed a collection as a whole.</summary>
    CollectionChanged = 37,

    /// <summary>What is in a collection that has become known, or that was changed as a whole.</summary>
    Contents = 38,

    /// <summary>A method was entered.</summary>
    Run = 64,

    /// <summary>A method returned.</summary>
    End = 72,

    /// <summary>An exception left a method.</summary>
    Failed = 80,

    /// <summary>An async method is suspended, or an iterator gives away a value.</summary>
    Await = 88,

    /// <summary>An async method or an iterator goes on.</summary>
    Resume = 96,

    /// <summary>A sequence point was passed.</summary>
    Line = 112,

    /// <summary>As Update, of a value of fixed size.</summary>
    Store = 128,
}
