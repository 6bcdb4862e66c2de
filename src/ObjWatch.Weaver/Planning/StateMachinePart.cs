namespace ObjWatch.Weaver.Planning;

/// <summary>What a method is to a state machine.</summary>
internal enum StateMachinePart
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The method of the source, which now only begins the state machine.</summary>
    KickOff,

    /// <summary>Runs it up to its next suspension.</summary>
    MoveNext,

    /// <summary>Ends an iterator early.</summary>
    Dispose,

    /// <summary>Holds some more of the source's code, as the finally blocks of an iterator.</summary>
    Other,
}
