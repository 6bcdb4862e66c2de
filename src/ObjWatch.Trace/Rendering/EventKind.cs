namespace ObjWatch.Trace.Rendering;

/// <summary>What happened.</summary>
internal enum EventKind
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
}
