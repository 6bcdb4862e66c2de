namespace ObjWatch.Trace.Format;

/// <summary>What a field of a record says.</summary>
internal enum FieldName : byte
{
    /// <summary>The place in the code. Of version 1 only: later it is part of the head.</summary>
    Site,

    /// <summary>When it happened.</summary>
    Ticks,

    /// <summary>How many traced calls were open around the call.</summary>
    Depth,

    /// <summary>The line of the caller, or of the statement; 0: unknown, or the site's.</summary>
    Line,

    /// <summary>The object whose member changed; 0: none.</summary>
    Owner,

    /// <summary>The trace id of the activity around a run.</summary>
    ActivityTrace,

    /// <summary>The span id of the activity around a run.</summary>
    ActivitySpan,

    /// <summary>The number of the logical flow of a run: 0 unknown.</summary>
    AsyncFlow,

    /// <summary>The collection that changed.</summary>
    Collection,

    /// <summary>A site whose member is the one that the collection is known by.</summary>
    KnownBy,

    /// <summary>The text with the name of the field of the element, a structure, that changed.</summary>
    Part,

    /// <summary>The length of a collection before.</summary>
    OldLength,

    /// <summary>The length of a collection now.</summary>
    NewLength,

    /// <summary>A type.</summary>
    Type,

    /// <summary>How many: events, changed elements, elements.</summary>
    Count,

    /// <summary>Which element is the first.</summary>
    First,

    /// <summary>Where an output went: 0 standard output, 1 standard error, 2 debug, 3 trace, 4 a logger.</summary>
    Channel,

    /// <summary>How a test ended: 0 passed, 1 failed, 2 skipped, 3 inconclusive.</summary>
    Outcome,

    /// <summary>A thread's number.</summary>
    Thread,

    /// <summary>A thread's id in the process.</summary>
    ManagedThread,

    /// <summary>A rank.</summary>
    Rank,

    /// <summary>A constant that tells a safepoint from anything else.</summary>
    Magic,

    /// <summary>The check of the window before.</summary>
    Check,

    /// <summary>How many events the thread had before.</summary>
    Ordinal,

    /// <summary>A number that others refer to.</summary>
    Number,

    /// <summary>Flags.</summary>
    Flags,

    /// <summary>A name.</summary>
    Name,

    /// <summary>A name with its namespace.</summary>
    FullName,

    /// <summary>The key of a fact.</summary>
    Key,

    /// <summary>A text.</summary>
    Text,

    /// <summary>The bytes of the whole.</summary>
    Total,

    /// <summary>Where a part begins.</summary>
    Offset,

    /// <summary>How many bytes follow or are meant.</summary>
    Bytes,

    /// <summary>Which of an assembly's source files.</summary>
    File,

    /// <summary>How a checksum was made: 1 SHA-1, 2 SHA-256.</summary>
    Algorithm,

    /// <summary>A method's arguments.</summary>
    Arguments,

    /// <summary>What a call returned or gave away, or the exception that left it.</summary>
    Result,

    /// <summary>The index or the key of an element; Void: it has none.</summary>
    Element,

    /// <summary>The value before.</summary>
    Old,

    /// <summary>The value now.</summary>
    New,

    /// <summary>Elements.</summary>
    Elements,
}
