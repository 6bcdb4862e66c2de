namespace ObjWatch.Recording;

/// <summary>Where the traced invocation of a state machine stands.</summary>
internal enum StateMachineStatus
{
    /// <summary>Not traced, or not begun.</summary>
    None,

    /// <summary>The method that begins it has been entered; its frame is the thread's innermost.</summary>
    Started,

    /// <summary>A thread runs it.</summary>
    Running,

    /// <summary>It waits at an await or a yield.</summary>
    Suspended,

    /// <summary>It has ended.</summary>
    Ended,

    /// <summary>Nothing is recorded of it but the stores in it.</summary>
    Silent,
}
